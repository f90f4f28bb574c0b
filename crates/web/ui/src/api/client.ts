// The typed client of the API: same origin, session by cookie, the session's token on everything that changes something.
import createClient, { type Middleware } from "openapi-fetch";
import { Problem } from "./problems";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

let csrfToken = "";
let onSessionEnd: () => void = () => {};

export const setCsrfToken = (token: string) => {
  csrfToken = token;
};
export const csrf = () => csrfToken;

/** What to do when an answer says that nobody is signed in any more. */
export const whenSessionEnds = (action: () => void) => {
  onSessionEnd = action;
};

const session: Middleware = {
  onRequest({ request }) {
    if (!["GET", "HEAD"].includes(request.method) && csrfToken) request.headers.set("X-CSRF-Token", csrfToken);
    return request;
  },
  onResponse({ response, request }) {
    if (response.status === 401 && !request.url.endsWith("/auth/session")) onSessionEnd();
  },
};

export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
api.use(session);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a success; anything else is thrown as a `Problem`. */
export async function body<T>(answering: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await answering;
  } catch {
    throw new Problem(0, { title: "The server does not answer" });
  }
  if (!answer.response.ok) {
    throw new Problem(answer.response.status, answer.error, answer.response.headers.get("x-request-id"));
  }
  return answer.data as T;
}
