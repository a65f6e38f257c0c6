import { straight } from './acts';
import { api } from './client';
import { unwrap } from './problem';

/** Keeps a document on the server, and gives the address that fields of other resources take. */
export async function uploadDocument(instanceId: string, file: File): Promise<string> {
  const form = new FormData();
  form.set('bucket', 'onboarding');
  form.set('file', file);
  const { file_url } = await unwrap(
    api.POST('/v1/upload', {
      params: { query: { instance_id: instanceId } },
      body: { bucket: 'onboarding', file: file.name },
      bodySerializer: () => form,
      // A file means nothing until a field points to it: what is confirmed is that.
      fetch: straight,
    }),
  );
  return file_url;
}
