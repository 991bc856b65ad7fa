"use client";

import { Tabs } from "@base-ui/react/tabs";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyButton } from "#app/_components/copy-button.tsx";
import { Panel } from "#app/_components/panel.tsx";
import type { TeamName } from "#app/_server/teams.ts";
import { KeyStep, type NewKey } from "./key-step.tsx";
import { type Snippet, SOURCES, snippetsFor } from "./snippets.ts";
import { Waiting } from "./waiting.tsx";

const PLACEHOLDER = "YOUR_INGEST_KEY";

/** Three steps: a key, the settings with that key in them, the first event. */
export function Connector({
  url,
  teams,
}: {
  readonly url: string;
  readonly teams: readonly TeamName[];
}) {
  const t = useTranslations("Connect");
  const [key, setKey] = useState<NewKey | null>(null);
  const target = { url, key: key?.secret ?? PLACEHOLDER };
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      <KeyStep teams={teams} created={key} onCreated={setKey} />
      <Panel title={t("settings")} note={key === null ? t("placeholder") : t("filled")}>
        <Tabs.Root defaultValue={SOURCES[0]}>
          <Tabs.List className="scroll-x flex gap-4 border-line border-b px-4">
            {SOURCES.map((source) => (
              <Tabs.Tab
                key={source}
                value={source}
                className="-mb-px h-10 min-w-6 shrink-0 border-transparent border-b-2 text-muted hover:text-text data-[active]:border-text data-[active]:font-medium data-[active]:text-text"
              >
                {t(`sources.${source}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {SOURCES.map((source) => (
            <Tabs.Panel key={source} value={source} className="flex flex-col gap-4 p-4">
              <p className="text-muted">{t(`hints.${source}`)}</p>
              {snippetsFor(source, target).map((snippet) => (
                <CodeBlock key={snippet.place} snippet={snippet} />
              ))}
            </Tabs.Panel>
          ))}
        </Tabs.Root>
      </Panel>
      <Waiting keyId={key?.id ?? null} />
    </div>
  );
}

function CodeBlock({ snippet }: { readonly snippet: Snippet }) {
  const t = useTranslations("Connect");
  const place = snippet.place === "shell" ? t("shell") : snippet.place;
  return (
    <figure className="min-w-0 overflow-hidden rounded-md border border-line">
      <figcaption className="flex items-center justify-between gap-2 border-line border-b bg-sunken py-1 pr-1 pl-3 text-muted">
        <code className="font-mono text-xs">{place}</code>
        <CopyButton text={snippet.text} what={place} />
      </figcaption>
      <section
        aria-label={place}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, also by keyboard
        tabIndex={0}
        className="scroll-x px-3 py-2.5"
      >
        <pre className="font-mono text-xs leading-5">{snippet.text}</pre>
      </section>
    </figure>
  );
}
