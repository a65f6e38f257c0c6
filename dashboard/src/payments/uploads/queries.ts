import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';

export type Bucket = Schemas['Body_post_upload_v1_upload_post']['bucket'];

/** Keeps a file, and gives the address that the fields of resources take. */
export function upload(instanceId: string, bucket: Bucket, file: File) {
  return unwrap(
    api.POST('/v1/upload', {
      params: { query: { instance_id: instanceId } },
      body: { file: file.name, bucket },
      // A file is no JSON.
      bodySerializer: () => {
        const form = new FormData();
        form.append('file', file);
        form.append('bucket', bucket);
        return form;
      },
    }),
  );
}
