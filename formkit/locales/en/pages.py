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
    "change_hint": "Choose what to change. You check and submit it afterwards; until then your information "
    "stays as it is.",
    "change_kept": "Your change has been submitted and your information is up to date.",
    "nothing_changed": "This is what is on record already: nothing has changed.",
    "read_only.title": "No changes for now",
    "read_only": "While it is being processed it cannot be changed. Wait for the result, or withdraw the "
    "application first.",
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
