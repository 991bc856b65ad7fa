import { type FormEvent, startTransition } from "react";

/**
 * Sends a form to an action, with the button that was pressed. As the form's own
 * action it would empty the fields, also after a mistake.
 */
export function submitTo(
  action: (form: FormData) => void,
): (event: FormEvent<HTMLFormElement>) => void {
  return (event) => {
    event.preventDefault();
    const { nativeEvent } = event;
    const submitter = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
    const form = new FormData(event.currentTarget, submitter);
    startTransition(() => action(form));
  };
}
