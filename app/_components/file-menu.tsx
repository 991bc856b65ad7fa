"use client";

import { ChevronDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, useState } from "react";
import { parametersIn } from "#lib/exports/query-parameters.ts";
import { Popup } from "./popup/popup.tsx";

const load = () => import("./file-popup.tsx");
const FilePopup = lazy(() => load().then((file) => ({ default: file.FilePopup })));
const NAME = /\/([a-z-]+)\.csv$/;

/** The same table as other files, with its control totals, written in the background, or as a link. */
export function FileMenu({ href, what }: { readonly href: string; readonly what: string }) {
  const t = useTranslations("Exports");
  const router = useRouter();
  const [said, announce] = useState("");
  const [path = "", query = ""] = href.split("?");
  const table = NAME.exec(path)?.[1];
  if (table === undefined) return null;
  const fileOf = (ending: string, more = "") =>
    `/api/v1/export/${table}.${ending}?${[query, more].filter((part) => part !== "").join("&")}`;
  const files = [
    [t("csvForExcel"), fileOf("csv", "flavor=excel")],
    [t("xlsx"), fileOf("xlsx")],
    ["JSON Lines", fileOf("jsonl")],
    ["Parquet", fileOf("parquet")],
    [t("control"), fileOf("csv.control.json")],
  ] as const;
  const copy = async () => {
    const text = new URL(href, window.location.origin).href;
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    announce(t(isCopied ? "linkCopied" : "linkNotCopied"));
  };
  const ask = async () => {
    const answer = await fetch("/api/v1/exports", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ export: table, format: "csv", parameters: parametersIn(query) }),
    });
    if (answer.ok) router.push("/exports");
    else announce(t("notAsked"));
  };
  const button = (
    <button
      type="button"
      className="grid size-7 place-items-center rounded-md text-muted hover:bg-hover hover:text-text"
      aria-label={t("more", { what })}
    >
      <ChevronDown className="size-3.5" aria-hidden />
    </button>
  );
  return (
    <>
      <span role="status" className="text-muted text-xs">
        {said}
      </span>
      <Popup kind="menu" load={load} button={button}>
        <FilePopup
          button={button}
          files={files}
          scheduleHref={`/exports/schedules/new?${[`export=${table}`, query].filter((part) => part !== "").join("&")}`}
          onAsk={() => void ask()}
          onCopy={() => void copy()}
        />
      </Popup>
    </>
  );
}
