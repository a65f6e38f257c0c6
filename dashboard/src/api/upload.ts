import { straight } from './acts';
import { api } from './client';
import { unwrap } from './problem';
import type { Schemas } from './types';

export type Bucket = Schemas['Body_post_upload_v1_upload_post']['bucket'];

/** Keeps a file on the server, and gives the address that fields of other resources take. */
export async function upload(instanceId: string, bucket: Bucket, file: File): Promise<string> {
  const form = new FormData();
  form.set('bucket', bucket);
  form.set('file', file);
  const { file_url } = await unwrap(
    api.POST('/v1/upload', {
      params: { query: { instance_id: instanceId } },
      body: { bucket, file: file.name },
      bodySerializer: () => form,
      // A file means nothing until a field points to it: what is confirmed is that.
      fetch: straight,
    }),
  );
  return file_url;
}
