"use client";

import { Popover } from "@base-ui/react/popover";
import { type ReactNode, useState } from "react";
import type { PopupProps } from "./popup.tsx";

/** Open from the beginning; it is first shown because its button was pressed. */
export function PopoverFrame({
  button,
  title,
  className,
  children,
}: PopupProps & {
  /** For those who do not see it. */
  readonly title: string;
  /** Its width, and how it scrolls. */
  readonly className: string;
  readonly children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(true);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger render={button} />
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={6} collisionPadding={12} className="z-40">
          <Popover.Popup
            className={`rounded-lg border border-line bg-raised shadow-black/10 shadow-lg outline-none ${className}`}
          >
            <Popover.Title className="sr-only">{title}</Popover.Title>
            {children(() => setOpen(false))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
