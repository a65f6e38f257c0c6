interface Named {
  first_name: string;
  middle_name?: string | null;
  last_name: string;
  email: string;
}

/** The e-mail address stands in for who has not said a name yet. */
export function fullName(person: Named): string {
  const names = [person.first_name, person.middle_name, person.last_name];
  return names.filter(Boolean).join(' ').trim() || person.email;
}
