import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ChangeEvent, useRef } from 'react';
import { Problem } from '../api/problem';
import { type Bucket, upload } from '../api/upload';
import { TextField } from '../ui/Field';
import { plain } from '../ui/hostile';
import { OutLink } from '../ui/OutLink';

interface FileFieldProps {
  label: string;
  name: string;
  bucket: Bucket;
  required?: boolean;
  hint?: string | undefined;
  /** Where the file is that stays if none is chosen. */
  kept?: string | null | undefined;
}

const DOCUMENT_TYPES = 'application/pdf,image/png,image/jpeg,image/webp,image/heic';

/**
 * A file, which goes to the server as soon as it is chosen: the form sends its address alone. (What a
 * passkey then confirms is the act, not the upload before it.)
 */
export function FileField({ label, name, bucket, required, hint, kept }: FileFieldProps) {
  const { instanceId } = useParams({ strict: false });
  const input = useRef<HTMLInputElement>(null);
  const sending = useMutation({
    mutationFn: (file: File) => upload(instanceId ?? '', bucket, file),
    // A form with a file that is not there yet, or was refused, cannot be sent.
    onMutate: () => input.current?.setCustomValidity('Wait until the file is there.'),
    onSuccess: () => input.current?.setCustomValidity(''),
    onError: (error) => input.current?.setCustomValidity(wordsOf(error)),
  });
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const [file] = currentTarget.files ?? [];
    currentTarget.setCustomValidity('');
    if (file) sending.mutate(file);
    else sending.reset();
  };

  return (
    <>
      <TextField
        ref={input}
        label={label}
        type="file"
        required={required}
        accept={DOCUMENT_TYPES}
        hint={
          <>
            <span role="status">
              {stateOf(sending) ?? hint ?? 'A PDF or an image of at most 10 MB.'}
            </span>
            {kept && (
              <>
                {' There is one: '}
                <OutLink href={kept}>
                  look at it<span className="sr-only">: {label}</span>
                </OutLink>
                . It stays if you choose none.
              </>
            )}
          </>
        }
        onChange={choose}
      />
      <input type="hidden" name={name} value={sending.data ?? kept ?? ''} />
    </>
  );
}

interface Sending {
  isPending: boolean;
  isSuccess: boolean;
  error: unknown;
  variables: File | undefined;
}

function stateOf({ isPending, isSuccess, error, variables }: Sending): string | null {
  if (isPending) return 'Sending…';
  if (isSuccess) return `${plain(variables?.name ?? 'The file')} is there.`;
  return error ? wordsOf(error) : null;
}

function wordsOf(error: unknown): string {
  return error instanceof Problem ? error.message : 'Something unexpected happened.';
}
