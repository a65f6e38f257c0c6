import { describe, expect, it } from 'vitest';
import { anEntry } from '../test/entries';
import { isId } from './ids';
import { readUserAgent } from './user-agent';
import { verificationOf } from './verification';

describe('the verification of an act', () => {
  it.each([
    [{ has_passkey: true, auth_method: 'passkey_session' }, 'Passkey confirmed for this act'],
    [
      { has_passkey: false, auth_method: 'passkey_session' },
      'Session opened with a passkey; this act was not confirmed',
    ],
    [{ has_passkey: false, auth_method: 'code_session' }, 'No passkey'],
    [{ has_passkey: false, auth_method: 'operator' }, 'No passkey'],
    [
      { actor_type: 'api_key', has_passkey: null, auth_method: 'api_key' },
      'Passkeys do not apply to API keys',
    ],
    [{ actor_type: 'system', has_passkey: null }, undefined],
  ])('%o: %s', (differing, text) => {
    expect(verificationOf(anEntry(differing))?.text).toBe(text);
  });
});

describe('a user agent', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
      'Edge 141 on Windows',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
      'Firefox 143 on Linux',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      'Safari 18 on iOS',
    ],
    ['python-requests/2.32.3', 'python-requests 2.32.3'],
    ['curl/8.5.0 (x86_64)', 'curl 8.5.0'],
    ['<script>alert(1)</script>', null],
    ['', null],
  ])('%s', (text, words) => {
    expect(readUserAgent(text)).toBe(words);
  });
});

describe('a pasted id', () => {
  it('is known by its prefix and length', () => {
    expect(isId('al', 'al_0Zk000000001')).toBe(true);
    expect(isId('al', 'al_0Zk00000000')).toBe(false);
    expect(isId('us', 'al_0Zk000000001')).toBe(false);
    expect(isId('ap', 'ap_0Zk00000000-')).toBe(false);
  });
});
