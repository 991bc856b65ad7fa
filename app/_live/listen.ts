import { MOST_SILENT_MS } from "./liveness.ts";

const POLL_MS = 10_000;
const WATCH_MS = 5_000;
/** What the stream says; `beat` when there is nothing else. */
const EVENTS = ["usage", "anomaly", "alert", "beat"] as const;
const NEWS: readonly string[] = ["usage", "anomaly"];

type Listener = {
  /** The server has spoken, or a new page came from it. */
  readonly onHeard: () => void;
  readonly onNews: () => void;
  /** Each few seconds, and when the stream comes, speaks or goes. */
  readonly onWatch: (isOpen: boolean) => void;
  readonly heardAt: () => number;
};

/**
 * Listens to the event stream until the answer is called. A stream that has gone
 * silent is opened anew: a browser takes one for open whose other end is gone.
 */
export function listen({ onHeard, onNews, onWatch, heardAt }: Listener): () => void {
  let source = open();
  let triedAt = Date.now();

  function open(): EventSource {
    const opened = new EventSource("/api/v1/stream");
    const heard = (event: Event) => {
      onHeard();
      onWatch(true);
      if (NEWS.includes(event.type)) onNews();
    };
    for (const name of ["open", ...EVENTS]) opened.addEventListener(name, heard);
    opened.addEventListener("error", () => onWatch(false));
    return opened;
  }
  const reopen = () => {
    triedAt = Date.now();
    source.close();
    source = open();
  };
  const watch = () => {
    const isOpen = source.readyState === EventSource.OPEN;
    onWatch(isOpen);
    const now = Date.now();
    if (now - Math.max(heardAt(), triedAt) > MOST_SILENT_MS) reopen();
  };
  const ask = async () => {
    if (source.readyState !== EventSource.OPEN && (await answers())) onNews();
  };
  const back = async () => {
    if (document.visibilityState === "visible" && (await answers())) onNews();
  };
  const timers = [setInterval(watch, WATCH_MS), setInterval(ask, POLL_MS)];
  document.addEventListener("visibilitychange", back);
  window.addEventListener("online", reopen);
  // Finds out whether the server is out of reach with the rest.
  window.addEventListener("offline", reopen);
  return () => {
    source.close();
    for (const timer of timers) clearInterval(timer);
    document.removeEventListener("visibilitychange", back);
    window.removeEventListener("online", reopen);
    window.removeEventListener("offline", reopen);
  };
}

/** Asked before a page is rendered anew: without an answer the browser would leave for its page of errors. */
async function answers(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(WATCH_MS);
    return (await fetch("/api/health", { cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}
