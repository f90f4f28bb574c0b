// The whole page takes dropped files; the uploads lie in a layer at the edge, whichever page is open.
import { ActionIcon, Button, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api, body } from "../../api/client";
import { duration } from "../../format/dates";
import { bytes } from "../../format/numbers";
import { t } from "../../text";
import { JobProgress } from "../jobs/JobStatus";
import { isOver, jobQuery } from "../jobs/live";
import { useIsViewer } from "../session/session";
import {
  type About,
  addUploads,
  cancelUpload,
  dismissUpload,
  type Upload,
  useUploads,
  whenFileIsStored,
} from "./uploads";

export const limitsQuery = queryOptions({
  queryKey: ["limits"],
  queryFn: () => body(api.GET("/api/v1/limits")),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Takes files for upload, checked against the server's limit before anything is sent. */
export function useTakeFiles() {
  const limit = useQuery(limitsQuery).data?.upload_bytes ?? Number.POSITIVE_INFINITY;
  const tooLarge = (file: File) =>
    t("datasets.tooLarge", { name: file.name, size: bytes(file.size), limit: bytes(limit) });
  return (files: Iterable<File>, isLook = false, about?: About) =>
    addUploads(files, { limit, tooLarge, isLook, about });
}

export function UploadArea() {
  const uploads = useUploads();
  const half = useDrop(useTakeFiles(), !useIsViewer());
  const navigate = useNavigate();
  const queries = useQueryClient();
  useEffect(() => {
    whenFileIsStored((id) => {
      void queries.invalidateQueries({ queryKey: ["datasets"] });
      void navigate({ to: "/datasets/$id", params: { id }, search: {} });
    });
    return () => whenFileIsStored(() => {});
  }, [navigate, queries]);
  return (
    <>
      {half && (
        <div className="drop" aria-hidden>
          <div data-over={half === "read"}>{t("datasets.drop")}</div>
          <div data-over={half === "look"}>{t("datasets.drop.look")}</div>
        </div>
      )}
      {uploads.length > 0 && (
        <Paper className="uploads" shadow="md" withBorder p="sm" component="section" aria-label={t("upload.title")}>
          <Text fw={600} mb="xs">
            {t("upload.title")}
          </Text>
          <Stack gap="sm">
            {uploads.map((upload) => (
              <UploadRow key={upload.key} upload={upload} />
            ))}
          </Stack>
        </Paper>
      )}
    </>
  );
}

function UploadRow({ upload }: { upload: Upload }) {
  const job = useQuery({ ...jobQuery(upload.jobId ?? ""), enabled: upload.jobId !== undefined }).data;
  const isSending = upload.state === "sending" || upload.state === "waiting";
  const isDone = job !== undefined && isOver(job);
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" truncate title={upload.name}>
          {upload.name}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`${isSending ? t("app.cancel") : t("app.close")}: ${upload.name}`}
          onClick={() => (isSending ? cancelUpload(upload.key) : dismissUpload(upload.key))}
        >
          <IconX size={14} />
        </ActionIcon>
      </Group>
      {isSending && <Sending upload={upload} />}
      {upload.error && (
        <Text size="sm" c="red" role="alert">
          {upload.error.message}
        </Text>
      )}
      {upload.state === "sent" &&
        !upload.isLook &&
        !isDone &&
        (job ? (
          <JobProgress job={job} />
        ) : (
          <Text size="sm" c="dimmed">
            {t("upload.reading")}
          </Text>
        ))}
      {isDone && job.error && (
        <Text size="sm" c="red" role="alert">
          {job.error.message}
        </Text>
      )}
      {(isDone || upload.isLook) && upload.datasetId && (
        <Button
          size="compact-sm"
          variant="light"
          renderRoot={(props) => (
            <Link to="/datasets/$id" params={{ id: upload.datasetId ?? "" }} search={{}} {...props} />
          )}
        >
          {upload.isLook ? t("upload.look") : t("upload.open")}
        </Button>
      )}
    </div>
  );
}

function Sending({ upload: { sent, total, speed } }: { upload: Upload }) {
  const left = speed > 0 ? (total - sent) / speed : 0;
  return (
    <>
      <Progress value={total > 0 ? (100 * sent) / total : 0} aria-label={t("upload.title")} />
      <Text size="sm" c="dimmed">
        {t("upload.progress", { done: bytes(sent), total: bytes(total), speed: bytes(speed), left: duration(left) })}
      </Text>
    </>
  );
}

/** The half of the page that files are over: on the first they are read at once, on the second one looks first. */
type Half = "read" | "look";

const halfOf = (event: DragEvent): Half => (event.clientX < window.innerWidth / 2 ? "read" : "look");

/** The half of the page that files are dragged over; `take` gets what is dropped, where it may. */
function useDrop(take: (files: Iterable<File>, isLook: boolean) => void, isAllowed: boolean): Half | null {
  const [half, setHalf] = useState<Half | null>(null);
  useEffect(() => {
    if (!isAllowed) return;
    let leave: ReturnType<typeof setTimeout> | undefined;
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      clearTimeout(leave);
      // `dragover` repeats while files are over the page; there is no reliable event for their leaving.
      leave = setTimeout(() => setHalf(null), 150);
      setHalf(halfOf(event));
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      setHalf(null);
      take(event.dataTransfer.files, halfOf(event) === "look");
    };
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      clearTimeout(leave);
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, [take, isAllowed]);
  return half;
}
