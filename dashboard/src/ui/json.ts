/**
 * A value as JSON, with every unseen character escaped: the same value to any parser, and nothing
 * hidden in what a person reads or pastes.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/[\p{Cf}\p{Zl}\p{Zp}\u007F-\u009F]/gu, escapeAll);
}

function escapeAll(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
