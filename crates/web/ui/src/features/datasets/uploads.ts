// Uploads in progress: sent one by one with XMLHttpRequest, which alone tells how much has left; then followed as jobs.
import { useSyncExternalStore } from "react";
import { csrf, type Schemas } from "../../api/client";
import { Problem } from "../../api/problems";

export interface Upload {
  key: number;
  name: string;
  sent: number;
  total: number;
  /** Bytes a second, over the whole time so far. */
  speed: number;
  /** Whether the file is only stored, so that its person looks at it before it is read. */
  isLook: boolean;
  state: "waiting" | "sending" | "sent" | "failed";
  error?: Problem;
  about?: About;
  datasetId?: string;
  jobId?: string;
}

interface Terms {
  limit: number;
  tooLarge: (file: File) => string;
  isLook?: boolean;
  /** Name and description, where they are known better than the file's name. */
  about?: About | undefined;
}

export interface About {
  name: string;
  description: string;
}

type UploadAnswer = Schemas["UploadAnswer"];

let uploads: Upload[] = [];
let nextKey = 1;
let whenStored: (datasetId: string) => void = () => {};
const requests = new Map<number, XMLHttpRequest>();
const files = new Map<number, File>();
const listeners = new Set<() => void>();

export function useUploads(): Upload[] {
  return useSyncExternalStore(subscribe, () => uploads);
}

/** Queues files; those that the server would refuse for their size fail at once. */
export function addUploads(chosen: Iterable<File>, { limit, tooLarge, isLook = false, about }: Terms) {
  for (const file of chosen) {
    const upload: Upload = {
      key: nextKey++,
      name: file.name,
      sent: 0,
      total: file.size,
      speed: 0,
      isLook,
      state: "waiting",
      ...(about && { about }),
    };
    if (file.size > limit) {
      change([...uploads, { ...upload, state: "failed", error: new Problem(413, { detail: tooLarge(file) }) }]);
      continue;
    }
    files.set(upload.key, file);
    change([...uploads, upload]);
  }
  sendNext();
}

export function cancelUpload(key: number) {
  requests.get(key)?.abort();
  dismissUpload(key);
}

export function dismissUpload(key: number) {
  files.delete(key);
  change(uploads.filter((upload) => upload.key !== key));
  sendNext();
}

function sendNext() {
  if (uploads.some((upload) => upload.state === "sending")) return;
  const next = uploads.find((upload) => upload.state === "waiting");
  const file = next && files.get(next.key);
  if (next && file) send(next, file);
}

/** What to do when a file that is to be looked at has been stored. */
export const whenFileIsStored = (action: (datasetId: string) => void) => {
  whenStored = action;
};

function send({ key, isLook, about }: Upload, file: File) {
  const request = new XMLHttpRequest();
  const begun = performance.now();
  requests.set(key, request);
  update(key, { state: "sending" });
  request.upload.onprogress = ({ loaded }) =>
    update(key, { sent: loaded, speed: loaded / Math.max(0.05, (performance.now() - begun) / 1000) });
  request.onload = () => {
    const body: unknown = request.response;
    if (request.status !== 202 && request.status !== 201)
      return fail(key, new Problem(request.status, body, request.getResponseHeader("x-request-id")));
    const { dataset, job } = body as UploadAnswer;
    end(key, { state: "sent", sent: file.size, datasetId: dataset.id, ...(job && { jobId: job.id }) });
    if (isLook && !uploads.some((upload) => upload.state === "waiting" || upload.state === "sending")) {
      dismissUpload(key);
      whenStored(dataset.id);
    }
  };
  request.onerror = () => fail(key, new Problem(0, { title: "The server does not answer" }));
  request.onabort = () => requests.delete(key);
  const form = new FormData();
  for (const [field, text] of Object.entries(about ?? {})) form.append(field, text);
  form.append("file", file, file.name);
  request.open("POST", isLook ? "/api/v1/datasets/upload?ingest=false" : "/api/v1/datasets/upload");
  request.setRequestHeader("X-CSRF-Token", csrf());
  request.responseType = "json";
  request.send(form);
}

const fail = (key: number, error: Problem) => end(key, { state: "failed", error });

function end(key: number, changes: Partial<Upload>) {
  requests.delete(key);
  files.delete(key);
  update(key, changes);
  sendNext();
}

function update(key: number, changes: Partial<Upload>) {
  change(uploads.map((upload) => (upload.key === key ? { ...upload, ...changes } : upload)));
}

function change(next: Upload[]) {
  uploads = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
