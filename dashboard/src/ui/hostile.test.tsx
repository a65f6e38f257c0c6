import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { plain } from './hostile';
import { toJson } from './json';
import { Text } from './Text';

describe('hostile text', () => {
  it.each([
    ['bidi override', 'admin\u202Egnp.exe', 'admin‹U+202E›gnp.exe'],
    ['bidi isolate', '\u2066x\u2069', '‹U+2066›x‹U+2069›'],
    ['control', 'a\u0000b\u001B[31m', 'a‹U+0000›b‹U+001B›[31m'],
    ['line break', 'a\nb\u2028c', 'a‹U+000A›b‹U+2028›c'],
    ['zero width', 'ad\u200Bmin\uFEFF', 'ad‹U+200B›min‹U+FEFF›'],
    ['joiner as a disguise', 'ad\u200Dmin', 'ad‹U+200D›min'],
    ['soft hyphen', 'a\u00ADb', 'a‹U+00AD›b'],
    ['tag characters', 'a\u{E0041}', 'a‹U+E0041›'],
    ['letter that draws nothing', 'a\u3164', 'a‹U+3164›'],
    ['lone surrogate', 'a\uD800b', 'a‹U+D800›b'],
  ])('names a %s', (_name, text, shown) => {
    expect(plain(text)).toBe(shown);
  });

  it.each([
    ['accents', 'Zoë Müller-O’Brien'],
    ['other scripts', '李小龙 Ольга عمر'],
    ['a Persian joiner', 'می\u200Cخواهم'],
    ['a family of emoji', '👨\u200D👩\u200D👧'],
    ['a rainbow flag', '🏳\uFE0F\u200D🌈'],
  ])('leaves %s alone', (_name, text) => {
    expect(plain(text)).toBe(text);
  });

  it('is isolated and never markup', () => {
    const { container } = render(<Text value={'<img src=x onerror=alert(1)>\u202E'} />);
    const isolated = container.querySelector('bdi');
    expect(isolated?.textContent).toBe('<img src=x onerror=alert(1)>‹U+202E›');
    expect(container.querySelector('img')).toBeNull();
  });
});

describe('JSON to read and to copy', () => {
  it('is the same value with nothing hidden in it', () => {
    const value = { name: 'a\u202Eb\u{E0041}', nested: [1, null, '\uD800'] };
    const text = toJson(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text).toContain('a\\u202eb\\udb40\\udc41');
    expect(plain(text.replaceAll('\n', ''))).toBe(text.replaceAll('\n', ''));
  });
});
