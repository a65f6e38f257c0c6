import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { COUNTRIES } from './countries';
import { OutLink } from './OutLink';

const TRAP = ['javascript', 'alert(1)'].join(':');

describe('a link out of the page', () => {
  it('leads to the web alone', () => {
    render(
      <>
        <OutLink href="https://example.com/a">the paper</OutLink>
        <OutLink href={TRAP}>a trap</OutLink>
      </>,
    );
    const [link, ...others] = screen.getAllByRole('link');
    expect(link?.getAttribute('href')).toBe('https://example.com/a');
    expect(others).toEqual([]);
    expect(screen.getByText(TRAP)).toBeTruthy();
  });
});

describe('the countries', () => {
  it('are all of them, each with a name', () => {
    expect(new Set(COUNTRIES.map(({ value }) => value)).size).toBe(249);
    expect(COUNTRIES.filter(({ value, label }) => value === label)).toEqual([]);
  });
});
