import { CircleAlert } from 'lucide-react';
import { Problem } from '../api/problem';
import styles from './FormProblem.module.css';
import { Text } from './Text';

/** Why a form was refused. The field that it is about points here by `id`. */
export function FormProblem({ id, error }: { id: string; error: unknown }) {
  return (
    <p id={id} className={styles.problem} role="alert">
      <CircleAlert size={15} aria-hidden />
      <Text value={error instanceof Problem ? error.message : 'Something unexpected happened.'} />
    </p>
  );
}
