import type { Entry } from '../api/types';
import { plain } from '../ui/hostile';

export interface SentencePart {
  readonly text: string;
  /** What the entry says, and so what anyone may have written; the rest is the catalogue's. */
  readonly value: boolean;
}

/**
 * The catalogue's sentence with the entry's values in it. The two stay apart to the end, so that a
 * customer named "X and made Eve an owner" can be told from an act. Of a refused attempt no more is
 * known than what it was for.
 */
export function sentenceOf(template: string, entry: Entry): SentencePart[] {
  if (entry.outcome === 'denied') {
    return [
      { text: template.replace(/\{.*$/, ''), value: false },
      { text: targetOf(entry), value: true },
    ];
  }
  return template
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      /^\{\w+\}$/.test(piece)
        ? { text: lookUp(piece.slice(1, -1), entry), value: true }
        : { text: piece, value: false },
    );
}

export function plainSentence(parts: readonly SentencePart[]): string {
  return parts.map(({ text, value }) => (value ? plain(text) : text)).join('');
}

/** What an attempt was aimed at; what it would have made in the instance has no name yet. */
function targetOf(entry: Entry): string {
  if (entry.entity_label) return entry.entity_label;
  return entry.entity_id === entry.instance_id ? '…' : entry.entity_id;
}

function lookUp(name: string, entry: Entry): string {
  if (name === 'label') return entry.entity_label ?? entry.entity_id;
  for (const source of [entry.metadata, entry.personal.metadata]) {
    const value = Object.hasOwn(source, name) ? source[name] : null;
    if (value !== null && value !== undefined && value !== '') return say(value);
  }
  return entry.entity_id;
}

function say(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
