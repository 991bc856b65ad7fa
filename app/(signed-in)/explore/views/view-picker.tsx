"use client";

import { Bookmark, ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonClass } from "#app/_components/button.tsx";
import { Popover } from "#app/_components/popup/popover.tsx";
import type { SavedView } from "#lib/views/read-views.ts";
import { SaveForm } from "./save-form.tsx";
import { ViewRow } from "./view-row.tsx";

/** The questions that were kept by name, one's own and the organisation's, and a way to keep this one. */
export function ViewPicker({
  views,
  query,
  isAdmin,
}: {
  readonly views: readonly SavedView[];
  /** What the page asks now, as its address says it. */
  readonly query: string;
  /** Admins tidy up what others share. */
  readonly isAdmin: boolean;
}) {
  const t = useTranslations("Views");
  const current = views.find((view) => view.query === query);
  const rows = (kept: readonly SavedView[], close: () => void) =>
    kept.map((view) => (
      <ViewRow
        key={view.id}
        view={view}
        isCurrent={view === current}
        mayChange={view.isOwn || isAdmin}
        onOpen={close}
      />
    ));
  const own = views.filter(({ isOwn }) => isOwn);
  const shared = views.filter(({ isOwn }) => !isOwn);
  return (
    <Popover
      title={t("title")}
      className="max-h-[70vh] w-84 max-w-[calc(100vw-1.5rem)] overflow-y-auto"
      button={
        <button type="button" className={buttonClass()}>
          <Bookmark className="size-4 text-muted" aria-hidden />
          <span className="max-w-40 truncate">{current?.name ?? t("title")}</span>
          <ChevronDown className="size-3.5 text-faint" aria-hidden />
        </button>
      }
    >
      {(close) => (
        <>
          {views.length === 0 && <p className="px-3 pt-3 text-muted">{t("none")}</p>}
          {own.length > 0 && <List title={t("own")}>{rows(own, close)}</List>}
          {shared.length > 0 && <List title={t("shared")}>{rows(shared, close)}</List>}
          {current === undefined && <SaveForm query={query} />}
        </>
      )}
    </Popover>
  );
}

function List({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="p-1">
      <h3 className="px-2 py-1 text-faint text-xs">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}
