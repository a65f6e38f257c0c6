import { idOf } from './ids';
import { best, type Choice, choicesOf, type Filter, type Token, tokensOf, WORDS } from './typed';

/** One line of the list below the field: a filter to set, or a word that leads to its values. */
export interface Suggestion {
  readonly label: string;
  readonly hint: string;
  /** The filter that choosing it sets; null where it only completes what is typed. */
  readonly filter: Filter | null;
  /** What is left in the field then. */
  readonly text: string;
}

// Of what is typed before any word, so many of the values that it may mean.
const MOST_MEANT = 8;

/** What the last part of a text may go on to be: words first, and after a word its values. */
export function suggestionsFor(text: string, choices: readonly Choice[]): Suggestion[] {
  const last = lastToken(text);
  const before = last ? text.slice(0, last.start) : text;
  if (last?.word) return values(before, last, choices);
  if (!last) return words(before, '', '');
  if (idOf(last.value)) return [];
  const meant = best(
    choices.filter(({ key }) => key !== 'actor_type'),
    last.value,
  ).slice(0, MOST_MEANT);
  return [
    ...(last.not ? [] : [search(before, last.value)]),
    ...words(before, last.not ? '-' : '', last.value),
    ...meant.map((choice) => setting(before, last.not, choice, titleOf(choice.key))),
  ];
}

/** The part that is being typed, if any is. */
export function lastToken(text: string): Token | undefined {
  const last = tokensOf(text).at(-1);
  const isOver = /\s$/.test(text) && !(last?.word && last.value === '');
  return isOver ? undefined : last;
}

function words(before: string, not: string, typed: string): Suggestion[] {
  const wanted = typed.toLowerCase();
  return WORDS.filter(
    ({ word, title }) => word.startsWith(wanted) || title.toLowerCase().startsWith(wanted),
  ).map(({ word, title }) => ({
    label: title,
    hint: `${not}${word}:`,
    filter: null,
    text: `${before}${not}${word}:`,
  }));
}

function values(before: string, last: Token, choices: readonly Choice[]): Suggestion[] {
  const word = WORDS.find((each) => each.word === last.word || each.keys[0] === last.word);
  if (!word) return [];
  return choicesOf(word, last.value, choices).map((choice) =>
    setting(before, last.not, choice, choice.hint ?? ''),
  );
}

function setting(before: string, not: boolean, choice: Choice, hint: string): Suggestion {
  const { key, value, label } = choice;
  return {
    label: not ? `not ${label}` : label,
    hint,
    filter: { key: not ? `not_${key}` : key, values: [value] },
    text: before,
  };
}

function search(before: string, text: string): Suggestion {
  return {
    label: `Search for “${text}”`,
    hint: 'in names and details',
    filter: { key: 'q', values: [text] },
    text: before,
  };
}

function titleOf(key: string): string {
  return WORDS.find(({ keys }) => keys[0] === key)?.title ?? '';
}
