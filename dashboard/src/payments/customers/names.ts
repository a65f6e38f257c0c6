interface Named {
  readonly legal_name: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly email?: string;
}

/** What a customer is called: a business by its legal name; the e-mail address stands in for none. */
export function customerName({ legal_name, first_name, last_name, email }: Named): string {
  return legal_name || [first_name, last_name].filter(Boolean).join(' ') || email || 'No name';
}
