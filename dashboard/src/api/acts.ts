/** Takes the request of an act to the server: as it is, or with what confirms it. */
export type Courier = (request: Request) => Promise<Response>;

// Looked up at each call, so that a test can put its own fetch in place.
export const straight: Courier = (request) => globalThis.fetch(request);

let courier = straight;

/** Does something, with a courier for the acts in it. Dialogs are modal: there is one at a time. */
export async function actingBy<Result>(own: Courier, act: () => Promise<Result>): Promise<Result> {
  courier = own;
  try {
    return await act();
  } finally {
    if (courier === own) courier = straight;
  }
}

/** For a reading that is an act: it is recorded, so it can be confirmed. */
export const asAct: Courier = (request) => courier(request);

/** Sends a request: any other reading goes straight, whatever dialog is open over it. */
export function send(request: Request): Promise<Response> {
  return request.method === 'GET' ? straight(request) : courier(request);
}
