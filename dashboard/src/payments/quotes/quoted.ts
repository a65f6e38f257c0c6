import { unwrap } from '../../api/problem';
import { localExpiry } from './expiry';

interface QuoteAnswer<Quote> {
  data?: Quote;
  error?: unknown;
  response: Response;
}

/** A quote, and when it expires by the clock of this machine. */
export type Quoted<Quote> = Quote & { readonly expiry: number };

/** The quote that was asked for; anything else becomes a Problem. */
export async function quoted<Quote extends { expires_at: number }>(
  call: Promise<QuoteAnswer<Quote>>,
): Promise<Quoted<Quote>> {
  const quote = await unwrap(call);
  const { response } = await call;
  const expiry = localExpiry(quote.expires_at, response.headers.get('Date'), Date.now());
  return { ...quote, expiry };
}
