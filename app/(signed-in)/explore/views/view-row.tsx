"use client";

import { Check, Pencil, Star, Trash2, UsersRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useState, useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { CONTROL_CLASS } from "#app/_components/field.tsx";
import type { SavedView } from "#lib/views/read-views.ts";
import {
  changeViewAction,
  chooseDefaultViewAction,
  removeViewAction,
  type ViewResult,
} from "./actions.ts";

type Asking = "name" | "removal" | null;

/** A view with what may be done to it. */
export function ViewRow({
  view,
  isCurrent,
  mayChange,
  onOpen,
}: {
  readonly view: SavedView;
  readonly isCurrent: boolean;
  readonly mayChange: boolean;
  readonly onOpen: () => void;
}) {
  const t = useTranslations("Views");
  const [asking, setAsking] = useState<Asking>(null);
  const [result, setResult] = useState<ViewResult>("done");
  const [pending, startTransition] = useTransition();
  const { id, name, query, isShared, isDefault } = view;
  const run = (work: () => Promise<ViewResult>) =>
    startTransition(async () => {
      const became = await work();
      setResult(became);
      if (became === "done") setAsking(null);
    });
  return (
    <li className="flex flex-col">
      {asking === null && (
        <div className="group flex items-center rounded-md pr-1 focus-within:bg-hover hover:bg-hover">
          <Link
            href={query === "" ? "/explore" : `/explore?${query}`}
            onClick={onOpen}
            aria-current={isCurrent ? "page" : undefined}
            className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-2"
          >
            <Check className={`size-4 shrink-0 ${isCurrent ? "" : "invisible"}`} aria-hidden />
            <span className="truncate">{name}</span>
            {!view.isOwn && <span className="truncate text-faint text-xs">{view.owner}</span>}
          </Link>
          <Tool
            label={t(isDefault ? "noDefault" : "makeDefault", { name })}
            isOn={isDefault}
            onClick={() => run(() => chooseDefaultViewAction(isDefault ? null : id))}
          >
            <Star className={`size-3.5 ${isDefault ? "fill-current" : ""}`} aria-hidden />
          </Tool>
          {mayChange && (
            <>
              <Tool
                label={t(isShared ? "unshare" : "shareIt", { name })}
                isOn={isShared}
                onClick={() => run(() => changeViewAction(id, { isShared: !isShared }))}
              >
                <UsersRound className="size-3.5" aria-hidden />
              </Tool>
              <Tool label={t("rename", { name })} onClick={() => setAsking("name")}>
                <Pencil className="size-3.5" aria-hidden />
              </Tool>
              <Tool label={t("remove", { name })} onClick={() => setAsking("removal")}>
                <Trash2 className="size-3.5" aria-hidden />
              </Tool>
            </>
          )}
        </div>
      )}
      {asking === "name" && (
        <Rename
          name={name}
          isPending={pending}
          onCancel={() => setAsking(null)}
          onName={(next) => run(() => changeViewAction(id, { name: next }))}
        />
      )}
      {asking === "removal" && (
        <div className="flex items-center gap-1.5 px-2 py-1.5">
          <span className="mr-auto min-w-0">{t("removeQuestion", { name })}</span>
          <Button variant="danger" onClick={() => run(() => removeViewAction(id))} autoFocus>
            {t("removeYes")}
          </Button>
          <Button variant="ghost" onClick={() => setAsking(null)}>
            {t("cancel")}
          </Button>
        </div>
      )}
      {result !== "done" && (
        <p role="alert" className="px-2 pb-1 text-danger text-xs">
          {t(`results.${result}`)}
        </p>
      )}
    </li>
  );
}

function Rename({
  name,
  isPending,
  onName,
  onCancel,
}: {
  readonly name: string;
  readonly isPending: boolean;
  readonly onName: (name: string) => void;
  readonly onCancel: () => void;
}) {
  const t = useTranslations("Views");
  return (
    <form
      className="flex items-center gap-1.5 px-2 py-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        onName(String(new FormData(event.currentTarget).get("name")));
      }}
    >
      <input
        name="name"
        aria-label={t("name")}
        defaultValue={name}
        required
        maxLength={80}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: it stands where one just pressed
        autoFocus
        className={CONTROL_CLASS}
      />
      <Button type="submit" disabled={isPending}>
        {t("keep")}
      </Button>
      <Button variant="ghost" onClick={onCancel}>
        {t("cancel")}
      </Button>
    </form>
  );
}

/** A small button that says what it does when one asks; a state that holds stays visible. */
function Tool({
  label,
  isOn,
  onClick,
  children,
}: {
  readonly label: string;
  readonly isOn?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      className={`grid size-7 shrink-0 place-items-center rounded-sm hover:bg-line hover:text-text ${isOn ? "text-text" : "text-faint md:opacity-0 md:group-focus-within:opacity-100 md:group-hover:opacity-100"}`}
    >
      {children}
    </button>
  );
}
