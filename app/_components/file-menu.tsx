"use client";

import { Menu } from "@base-ui/react/menu";
import { ChevronDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { parametersIn } from "#lib/exports/query-parameters.ts";

const POPUP =
  "z-50 min-w-52 rounded-lg border border-line bg-raised p-1 shadow-lg shadow-black/10 outline-none";
const ITEM =
  "flex h-8 cursor-pointer items-center rounded-md px-2 text-sm outline-none data-[highlighted]:bg-hover";
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
  return (
    <>
      <span role="status" className="text-muted text-xs">
        {said}
      </span>
      <Menu.Root>
        <Menu.Trigger
          className="grid size-7 place-items-center rounded-md text-muted hover:bg-hover hover:text-text"
          aria-label={t("more", { what })}
        >
          <ChevronDown className="size-3.5" aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={4} align="end" className="z-50">
            <Menu.Popup className={POPUP}>
              {files.map(([name, file]) => (
                <Menu.LinkItem key={name} className={ITEM} href={file} download closeOnClick>
                  {name}
                </Menu.LinkItem>
              ))}
              <Menu.Separator className="my-1 h-px bg-line" />
              <Menu.Item className={ITEM} onClick={() => void ask()}>
                {t("inBackground")}
              </Menu.Item>
              <Menu.LinkItem
                className={ITEM}
                href={`/exports/schedules/new?${[`export=${table}`, query].filter((part) => part !== "").join("&")}`}
                closeOnClick
              >
                {t("schedule")}
              </Menu.LinkItem>
              <Menu.Item className={ITEM} onClick={() => void copy()}>
                {t("copyLink")}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </>
  );
}
