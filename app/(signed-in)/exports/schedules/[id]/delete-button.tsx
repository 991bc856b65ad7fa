"use client";

import { useTranslations } from "next-intl";
import { FinalButton } from "#app/_components/final-button.tsx";
import { deleteScheduleAction } from "../actions.ts";

/** Removes a schedule with its log. */
export function DeleteButton({ id, name }: { readonly id: string; readonly name: string }) {
  const t = useTranslations("Schedules");
  const words = {
    offer: t("delete"),
    question: t("deleteTitle", { name }),
    hint: t("deleteHint"),
    keep: t("keep"),
    confirm: t("deleteNow"),
  };
  return <FinalButton words={words} action={() => deleteScheduleAction(id)} />;
}
