"""The sentences of the pages around forms, in English: code → template."""

SENTENCES: dict[str, str] = {
    # --- the start page ---
    "forms": "Services",
    "steps": "{count} steps",
    "check_step": "Check and submit",
    "may_stop": "What you enter is kept: you may leave at any time and go on later.",
    "begin": "Start",
    "begun": "You have begun and not finished",
    "change_begun": "You have a change that is not submitted",
    "kept_at": "Last saved: {time}",
    "go_on": "Go on",
    "discard": "Discard and start again",
    "discard_change": "Discard this change",
    "discarded": "Discarded: what you had entered is deleted.",
    "basis": "Policy documents (in Chinese)",
    # --- while filling in ---
    "saved_for_later": "Saved. You may leave now, sign in later and go on.",
    "not_saved": "The system is busy and what you entered is not saved yet, but all of it is still on this page. "
    "Wait a few seconds and press “Save” again.",
    "send_again": "You have signed in again, so this is not saved yet, but all of it is still on this page. "
    "Check it and press the button once more.",
    "one_file": "Please upload one file at a time.",
    "change_not_sent_yet": "Your change is not submitted yet. Check it and submit; it counts only then.",
    # --- submitted ---
    "submitted.title": "Submitted",
    "submitted": "This has been submitted already. Please look at what you submitted.",
    "done": "Your information has been submitted.",
    "receipt": "Receipt number: {number}",
    "submitted_at": "Submitted: {time}",
    "changed_at": "last changed: {time}",
    "read_record": "See my information",
    "back_to_form": "Back",
    "change": "Change my information",
    "change_kept": "Saved: your information is up to date.",
    "change_needs_more": "Your change does not count yet: because of it, the answers below are needed too. "
    "Once you save them, all of it counts.",
    "unavailable.title": "Not possible just now",
    "nothing_changed": "This is what is on record already: nothing has changed.",
    "read_only.title": "No changes for now",
    "read_only": "While it is being processed it cannot be changed. Wait for the result, or withdraw the "
    "application first.",
    # --- after submission ---
    "process": "Progress",
    "state": "Status",
    "national_status": "Status on the national platform",
    "state_now": "Status now",
    "state_then": "Status afterwards",
    "reason": "Reason",
    "due_label": "Time limit",
    "due": "The system decides from {day} on",
    "due_unknown": "Cannot be told yet: the calendar of working days does not have that year; the office has been told",
    "passages": "How it went",
    "by.applicant": "You",
    "by.system": "The system",
    "by.office": "The office",
    "apply_again": "Apply again",
    "transition_ask": "Are you sure: {what}?",
    "transition_do": "Yes: {what}",
    "transition_leave": "No, go back",
    "transition_taken": "Done. The status is shown below.",
    "transition_closed.title": "Not possible now",
    "transition_closed": "Its status is “{state}” now, so this cannot be done. Please look at how it stands.",
    "transition.reason_missing": "Please give a reason",
    "transition.too_long": "A reason has at most 1000 characters; please shorten it",
    "transition.transition_not_open": "The status has changed, so this cannot be done",
    "history": "History of changes",
    "revision": "Version {number}",
    "history_first": "First submitted",
    "edition": "edition {edition}",
    "receipt_label": "Receipt number",
    # --- two windows ---
    "conflict.title": "Changed somewhere else",
    "conflict.what": "You changed this page in another window or on another device (saved {time}), so what you entered "
    "here is not saved yet.",
    "conflict.choose": "Both are below, nothing is lost. Please choose which to keep.",
    "conflict.here": "Entered here",
    "conflict.stored": "Saved",
    "conflict.keep_mine": "Keep what I entered here",
    "conflict.keep_stored": "Keep what is saved",
    "conflict": "You changed this in another window or on another device, so what is here is not saved. "
    "Open the page anew, check it and change it there.",
    "moved_on.title": "Changed before it was submitted",
    "moved_on": "After you opened the check page, answers were changed in another window, so nothing was submitted. "
    "Please check again and then submit.",
    "check_again": "Check again",
    # --- when something went wrong ---
    "not_signed_in.title": "Please sign in first",
    "not_signed_in": "Sign in to go on. If you were filling in a page just now, sign in in a new window, then come "
    "back to the page and send it again: nothing you entered is lost.",
    "sign_in": "Sign in",
    "refused.title": "What you sent was not taken",
    "not_found.title": "Page not found",
    "no_page": "There is nothing at this address. It may be mistyped or out of date. Please start from the home page.",
    "no_form": "There is no such form. The address may be mistyped, or the form is no longer offered. "
    "Please start from the home page.",
    "no_step": "This form has no such step. Please start from the home page and go on from there.",
    "no_draft": "This draft was not found: it may have been discarded, or it belongs to another account. "
    "Please start from the home page.",
    "no_record": "This record was not found: the address may be mistyped, or it belongs to another account. "
    "Please start from the home page.",
    "no_attachment": "This file was not found: it may have been removed, or it belongs to another account.",
    "no_thumbnail": "There is no small picture of this file.",
    "wrong_method.title": "This cannot be opened like that",
    "wrong_method": "This address cannot be opened directly. Please start from the home page.",
    "busy.title": "Busy, please try again shortly",
    "busy": "Many people are using the service and this was not saved. What was saved before is all there. "
    "Wait a few seconds, then reload the page, or go back and try again.",
    "full.title": "Nothing can be saved for now",
    "full": "The service has run out of storage and this was not saved. What was saved before is all there. "
    "Please try again later; if it does not recover, contact the platform.",
    "failed.title": "Something went wrong",
    "failed": "It is not your fault, and it has been noted. What was saved before is all there. "
    "Go back and try again; if it still fails, come again later.",
    "to_start": "Home page",
}
