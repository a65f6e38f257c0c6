interface Named {
  first_name: string;
  middle_name?: string | null;
  last_name: string;
  email: string;
}

/** What the API has for a name that was not given yet. */
const NOT_GIVEN = '-';

/** The e-mail address stands in for who has not said a name yet. */
export function fullName(person: Named): string {
  const names = [person.first_name, person.middle_name, person.last_name];
  return (
    names
      .filter((name) => name && name !== NOT_GIVEN)
      .join(' ')
      .trim() || person.email
  );
}
