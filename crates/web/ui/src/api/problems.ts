// What goes wrong between the page and the server, as one kind of error with words for a person.
export interface FieldProblem {
  pointer: string;
  detail: string;
}

/** An answer that is no success (RFC 9457), or no answer at all (status 0). */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly fields: FieldProblem[];
  readonly requestId: string | null;

  constructor(status: number, body: unknown, requestId: string | null = null) {
    const told = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
    const title = typeof told.title === "string" ? told.title : `The server answered ${status}`;
    const detail = typeof told.detail === "string" ? told.detail : "";
    super(detail || title);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.fields = Array.isArray(told.errors) ? (told.errors as FieldProblem[]) : [];
    this.requestId = requestId ?? (typeof told.instance === "string" ? told.instance : null);
  }

  get isOffline(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 504;
  }
}

/** Every field error by the last part of its pointer, as forms need it. */
export function byField(problem: Problem): Record<string, string> {
  return Object.fromEntries(problem.fields.map(({ pointer, detail }) => [pointer.split("/").pop() ?? "", detail]));
}
