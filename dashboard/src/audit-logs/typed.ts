import { idOf } from './ids';

/** A value that a filter can have, with the words that people know it by. */
export interface Choice {
  readonly key: string;
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

export interface Word {
  /** What is typed before the colon. */
  readonly word: string;
  readonly title: string;
  /** The filters that a value after it may be of. */
  readonly keys: readonly string[];
  /** Its values are known, so that anything else is a slip. */
  readonly listed: boolean;
}

/** What can be typed before a colon, in the order in which it is offered. */
export const WORDS: readonly Word[] = [
  { word: 'feature', title: 'Feature', keys: ['feature'], listed: true },
  { word: 'operation', title: 'Operation', keys: ['operation'], listed: true },
  { word: 'user', title: 'User', keys: ['user_id'], listed: true },
  { word: 'key', title: 'API key', keys: ['api_key_id'], listed: true },
  {
    word: 'actor',
    title: 'User, API key or type of actor',
    keys: ['user_id', 'api_key_id', 'actor_type'],
    listed: true,
  },
  { word: 'action', title: 'Action', keys: ['action'], listed: true },
  { word: 'entity', title: 'Entity, by its id', keys: ['entity_id'], listed: false },
  { word: 'ref', title: 'Whatever touched an id', keys: ['ref_id'], listed: false },
  { word: 'outcome', title: 'Outcome', keys: ['outcome'], listed: true },
  { word: 'passkey', title: 'Passkey', keys: ['has_passkey'], listed: true },
  { word: 'ip', title: 'IP address', keys: ['ip_address'], listed: false },
  { word: 'country', title: 'Country, by its two letters', keys: ['country'], listed: false },
  { word: 'request', title: 'Request, by its id', keys: ['request_id'], listed: false },
];

// What the API finds and excludes by none.
const NOT_EXCLUDABLE = ['ref_id', 'ip_address', 'country', 'request_id', 'session_id', 'q'];

/** One part of what was typed: `-feature:payout`, `us_…`, or a word to search for. */
export interface Token {
  readonly not: boolean;
  /** What stands before the colon, if there is one. */
  readonly word: string | null;
  readonly value: string;
  readonly start: number;
}

const TOKEN = /(-|not\s+)?(?:([a-z_]+):\s*("[^"]*"?|\S*)|("[^"]*"?|\S+))/gi;

export function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(TOKEN), ({ 1: not, 2: word, 3: after, 4: alone, index }) => ({
    not: not !== undefined,
    word: word?.toLowerCase() ?? null,
    value: (after ?? alone ?? '').replace(/^"|"$/g, ''),
    start: index,
  }));
}

export interface Filter {
  readonly key: string;
  readonly values: readonly string[];
}

export interface Typed {
  readonly filters: readonly Filter[];
  /** The entry that was asked for by its id. */
  readonly entry: string | null;
}

/** What was typed, as filters; or what is wrong with it, in a sentence. */
export function readTyped(text: string, choices: readonly Choice[]): Typed | string {
  const read = tokensOf(text).map((token) => readToken(token, choices));
  const problem = read.find((each) => typeof each === 'string');
  if (problem !== undefined) return problem;
  const found = read.filter((each) => typeof each !== 'string');
  const valuesOf = (key: string) =>
    found.filter((each) => each.key === key).flatMap(({ values }) => values);
  const words = valuesOf('q');
  return {
    filters: [
      ...found.filter(({ key }) => key !== 'q' && key !== 'entry'),
      ...(words.length > 0 ? [{ key: 'q', values: [words.join(' ')] }] : []),
    ],
    entry: valuesOf('entry')[0] ?? null,
  };
}

function readToken({ not, word, value }: Token, choices: readonly Choice[]): Filter | string {
  if (value === '' && word !== null) return `“${word}:” needs a value.`;
  const filter = word === null ? alone(value) : after(word, value, choices);
  if (typeof filter === 'string' || !not) return filter;
  if (filter.key === 'entry') return 'One entry cannot be left out.';
  if (NOT_EXCLUDABLE.includes(filter.key)) {
    return `The log can be searched for “${value}”, but not for all without it.`;
  }
  return { key: `not_${filter.key}`, values: filter.values };
}

function alone(value: string): Filter {
  const id = idOf(value);
  if (!id) return { key: 'q', values: [value] };
  return { key: KEY_OF_ID[id.prefix] ?? 'entity_id', values: [id.id] };
}

const KEY_OF_ID: Record<string, string> = { al: 'entry', us: 'user_id', ap: 'api_key_id' };

function after(name: string, value: string, choices: readonly Choice[]): Filter | string {
  // The API's own names are understood as well: whoever reads the address knows them.
  const word = WORDS.find((each) => each.word === name || each.keys[0] === name);
  if (!word) {
    const known = WORDS.map((each) => each.word).join(', ');
    return `There is no filter “${name}”. There are: ${known}.`;
  }
  const id = idOf(value);
  const keyOfId = id && (KEY_OF_ID[id.prefix] ?? 'entity_id');
  if (id && keyOfId && word.keys.includes(keyOfId)) return { key: keyOfId, values: [id.id] };
  const [key = name] = word.keys;
  if (!word.listed) {
    if (key === 'country') return { key, values: [value.toUpperCase()] };
    return { key, values: [id?.id ?? value] };
  }
  const fitting = choicesOf(word, value, choices);
  const keys = new Set(fitting.map((choice) => choice.key));
  if (keys.size > 1) return `“${value}” fits actors of several types: choose one of the list.`;
  const [only] = keys;
  if (only === undefined) return `Nothing is called “${value}” where “${word.word}” is asked for.`;
  return { key: only, values: fitting.map((choice) => choice.value) };
}

/** The values after a word that fit best: those called so, else beginning so, else with it in them. */
export function choicesOf(word: Word, text: string, choices: readonly Choice[]): Choice[] {
  const own = choices.filter(({ key }) => word.keys.includes(key));
  return best(own, text);
}

/** The same among all values. */
export function best(choices: readonly Choice[], text: string): Choice[] {
  const wanted = text.toLowerCase();
  const names = ({ value, label, hint = '' }: Choice) =>
    [value, label, hint].map((name) => name.toLowerCase());
  const tiers: ((name: string) => boolean)[] = [
    (name) => name === wanted,
    (name) =>
      name.split(/[\s_.@-]+/).some((part) => part.startsWith(wanted)) || name.startsWith(wanted),
    (name) => name.includes(wanted),
  ];
  for (const fits of tiers) {
    const fitting = choices.filter((choice) => names(choice).some(fits));
    if (fitting.length > 0) return fitting;
  }
  return [];
}
