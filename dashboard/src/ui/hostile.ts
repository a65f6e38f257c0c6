/**
 * Text in the log comes from anyone: a tenant's customer, a poisoned header. Characters that cannot
 * be seen, or that turn the text around them, could make one name pass for another. They are shown
 * as what they are, ‹U+202E›, and never take effect.
 */
const UNSEEN =
  // Controls, formats (bidi, zero-width, tags), lone surrogates, line breaks, and the "letters" and
  // variation selectors that draw nothing.
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{115F}\u{1160}\u{3164}\u{FFA0}]|\u{34F}|\u{17B4}|\u{17B5}|[\u{E0100}-\u{E01EF}]/gu;

// A joiner is spelling in these scripts and glue in an emoji; anywhere else it is a disguise.
const BEFORE_JOINER =
  /[\p{sc=Arabic}\p{sc=Syriac}\p{sc=Mongolian}\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Gurmukhi}\p{sc=Gujarati}\p{sc=Oriya}\p{sc=Tamil}\p{sc=Telugu}\p{sc=Kannada}\p{sc=Malayalam}\p{sc=Sinhala}\p{Extended_Pictographic}\p{Emoji_Modifier}]\u{FE0F}?$/u;

export interface TextPart {
  readonly text: string;
  readonly unseen: boolean;
}

export function splitUnseen(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (isSpelling(match[0], text.slice(Math.max(0, match.index - 3), match.index))) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index), unseen: false });
    parts.push({ text: nameOf(match[0]), unseen: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), unseen: false });
  return parts;
}

/** The same as one plain string, for titles, labels and announcements. */
export function plain(text: string): string {
  return splitUnseen(text)
    .map((part) => part.text)
    .join('');
}

function isSpelling(character: string, before: string): boolean {
  return (character === '\u200C' || character === '\u200D') && BEFORE_JOINER.test(before);
}

function nameOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `‹U+${point.toString(16).toUpperCase().padStart(4, '0')}›`;
}
