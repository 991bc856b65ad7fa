"use client";

import { Menu } from "@base-ui/react/menu";
import { useTranslations } from "next-intl";
import type { PopupProps } from "./popup/popup.tsx";

const POPUP =
  "z-50 min-w-52 rounded-lg border border-line bg-raised p-1 shadow-lg shadow-black/10 outline-none";
const ITEM =
  "flex h-8 cursor-pointer items-center rounded-md px-2 text-sm outline-none data-[highlighted]:bg-hover";

/** What a table can be had as, besides its CSV. */
export function FilePopup({
  button,
  files,
  scheduleHref,
  onAsk,
  onCopy,
}: PopupProps & {
  readonly files: readonly (readonly [name: string, href: string])[];
  readonly scheduleHref: string;
  readonly onAsk: () => void;
  readonly onCopy: () => void;
}) {
  const t = useTranslations("Exports");
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger render={button} />
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50">
          <Menu.Popup className={POPUP}>
            {files.map(([name, file]) => (
              <Menu.LinkItem key={name} className={ITEM} href={file} download closeOnClick>
                {name}
              </Menu.LinkItem>
            ))}
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.Item className={ITEM} onClick={onAsk}>
              {t("inBackground")}
            </Menu.Item>
            <Menu.LinkItem className={ITEM} href={scheduleHref} closeOnClick>
              {t("schedule")}
            </Menu.LinkItem>
            <Menu.Item className={ITEM} onClick={onCopy}>
              {t("copyLink")}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
