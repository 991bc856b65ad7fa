import { CircleCheck, CirclePause, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Schedule } from "#lib/export-schedules/schedule-rows.ts";

/** On, paused or stopped; the icon and the words say it, not the colour alone. */
export function ScheduleState({ schedule }: { readonly schedule: Schedule }) {
  const t = useTranslations("Schedules");
  const { Icon, look, words } = LOOKS[schedule.pausedBecause ?? "on"];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap align-middle ${look}`}>
      <Icon className="size-4 shrink-0" aria-hidden />
      {t(words)}
    </span>
  );
}

const LOOKS = {
  on: { Icon: CircleCheck, look: "text-text", words: "stateOn" },
  by_hand: { Icon: CirclePause, look: "text-muted", words: "statePaused" },
  owner: { Icon: CircleX, look: "text-danger", words: "stateStopped" },
} as const;
