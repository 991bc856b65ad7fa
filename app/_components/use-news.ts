import { useState, useTransition } from "react";

/** Runs actions one at a time and keeps what the last one had to tell. */
export function useNews<News>() {
  const [news, setNews] = useState<News | null>(null);
  const [busy, startTransition] = useTransition();
  const run = (action: () => Promise<News>) => () => {
    setNews(null);
    startTransition(async () => setNews(await action()));
  };
  return { news, busy, run };
}
