"use client";

import { useTranslations } from "next-intl";
import { Button } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { useNews } from "#app/_components/use-news.ts";
import { runScheduleAction, type ScheduleNews, switchScheduleAction } from "../actions.ts";
import { DeleteButton } from "./delete-button.tsx";

/** What can be done with a schedule, and what came of it. */
export function ScheduleButtons({
  id,
  name,
  isOn,
}: {
  readonly id: string;
  readonly name: string;
  readonly isOn: boolean;
}) {
  const t = useTranslations("Schedules");
  const { news, busy, run } = useNews<ScheduleNews>();
  return (
    <div className="flex flex-col gap-3 border-line border-t px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          disabled={busy}
          onClick={run(() => runScheduleAction(id, "asked"))}
        >
          {t("runNow")}
        </Button>
        <Button disabled={busy} onClick={run(() => runScheduleAction(id, "test"))}>
          {t("test")}
        </Button>
        <Button disabled={busy} onClick={run(() => switchScheduleAction(id, !isOn))}>
          {t(isOn ? "pause" : "goOn")}
        </Button>
        <DeleteButton id={id} name={name} />
      </div>
      <div role="status" className="empty:hidden">
        {busy && <p className="text-muted">{t("underWay")}</p>}
        {news !== null && <Notice tone={news.tone} title={news.text} />}
      </div>
    </div>
  );
}
