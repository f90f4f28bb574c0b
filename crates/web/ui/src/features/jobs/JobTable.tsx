// Jobs in rows; each row follows its own job as events arrive.
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { duration, exact, when } from "../../format/dates";
import { t } from "../../text";
import { JobActions } from "./JobActions";
import { JobProgress, JobStatus } from "./JobStatus";
import { kindLabel } from "./kinds";
import { isOver, type Job, jobQuery } from "./live";

/** `isBrief` leaves out when a job was asked for and how long it took. */
export function JobTable({ jobs, isBrief = false }: { jobs: Job[]; isBrief?: boolean }) {
  return (
    <div className="scroll-x">
      <table className="plain jobs">
        <thead>
          <tr>
            <th scope="col">{t("jobs.kind")}</th>
            <th scope="col">{t("jobs.status")}</th>
            {!isBrief && (
              <>
                <th scope="col" className="job-asked">
                  {t("jobs.started")}
                </th>
                <th scope="col" className="number job-took">
                  {t("jobs.time")}
                </th>
              </>
            )}
            <th scope="col">
              <span className="sr">{t("jobs.result")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <JobRow key={job.id} listed={job} isBrief={isBrief} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function JobRow({ listed, isBrief }: { listed: Job; isBrief: boolean }) {
  const job = useQuery({ ...jobQuery(listed.id), initialData: listed, enabled: !isOver(listed) }).data;
  return (
    <tr>
      <td className="job-kind">
        {kindLabel(job.kind)}
        <Text size="sm" c="dimmed" className={isBrief ? undefined : "job-facts"}>
          {`${when(job.created_at)}, ${took(job)}`}
        </Text>
      </td>
      <td>
        <JobStatus job={job} />
        {job.status === "running" && <JobProgress job={job} />}
        {job.error && (
          <Text size="sm" c="dimmed">
            {job.error.message} {job.error.advice}
          </Text>
        )}
      </td>
      {!isBrief && (
        <>
          <td className="job-asked" title={exact(job.created_at)}>
            {when(job.created_at)}
          </td>
          <td className="number job-took">{took(job)}</td>
        </>
      )}
      <td className="number">
        <JobActions job={job} />
      </td>
    </tr>
  );
}

export function took(job: Job): string {
  if (!job.started_at || !job.finished_at) return "–";
  return duration((Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000);
}
