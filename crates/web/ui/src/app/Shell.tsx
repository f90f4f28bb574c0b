// The frame of every page: rail, content, palette, keyboard, uploads, live jobs, and the layer of an ended session.
import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { setCsrfToken, whenSessionEnds } from "../api/client";
import { UploadArea } from "../features/datasets/UploadArea";
import { useLiveJobs } from "../features/jobs/live";
import { useSignsOfLife } from "../features/session/session";
import { t } from "../text";
import { AwayBar } from "./AwayBar";
import { Keyboard } from "./Keyboard";
import { PaletteDoor } from "./PaletteDoor";
import { Rail, Tools } from "./Rail";

const EndedSession = lazy(() => import("../features/session/EndedSession"));

export function Shell() {
  useSignsOfLife();
  useLiveJobs();
  const [hasEnded, setEnded] = useState(false);
  const content = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const shown = useRef(path);
  // A new page is read from its beginning, by people who listen too; the first one begins where browsers begin.
  useEffect(() => {
    if (shown.current !== path) content.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  useEffect(() => {
    whenSessionEnds(() => {
      setCsrfToken("");
      setEnded(true);
    });
    return () => whenSessionEnds(() => {});
  }, []);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t("app.skip")}
      </a>
      <Rail />
      <main id="content" className="page" tabIndex={-1} ref={content} style={{ outline: "none" }}>
        <div className="phone-tools">
          <Tools />
        </div>
        <AwayBar />
        <Outlet />
      </main>
      <UploadArea />
      <PaletteDoor />
      <Keyboard />
      <Suspense>{hasEnded && <EndedSession onDone={() => setEnded(false)} />}</Suspense>
    </div>
  );
}
