"""The English sentences that people filling in a form read: code → template."""

SENTENCES: dict[str, str] = {
    # --- Whatever the field ---
    "required": "“{label}” must be answered; please fill it in or choose.",
    "hidden": "This question does not apply now; what was sent for it was not taken.",
    "locked": "This answer follows what is on record and cannot be changed; please leave it as it was.",
    "calculated": "This answer is worked out by the system and cannot be typed; what was sent was not taken.",
    "unknown_field": "The form has no field called “{name}”; what was sent for it was not taken.",
    "wrong_type": "What was sent here has the wrong form: it should be {expected}. Please fill it in again.",
    "check": "This answer does not fit the others; please check it.",
    "unreadable_characters": "There are characters here that cannot be shown, perhaps copied along with the text; "
    "please delete them and type again.",
    # --- Rows ---
    "too_many_rows": "There can be at most {max} rows; please remove some.",
    "too_few_rows": "There must be at least {min} rows; please add one.",
    "wrong_row": "Row {number} cannot be read; please remove it and fill it in again.",
    # --- Text ---
    "too_long": "At most {max} characters are allowed and there are {length}; please shorten it.",
    "too_short": "At least {min} characters are needed; please complete it.",
    "wrong_format": "This is not written as it should be; please follow the hint.",
    "wrong_email": "This is not an e-mail address; it should look like name@example.cn. Please check it.",
    "wrong_mobile": "This is not a mobile number of the Chinese mainland: 11 digits beginning with 1. Please check it.",
    # --- Passwords ---
    "common_password": "This password is so common that it is easily guessed; please choose another.",
    "password_like_answer": "The password must not contain your own document or telephone number; "
    "please choose another.",
    # --- Numbers ---
    "not_a_number": "This should be a number such as 1200; please check it.",
    "not_whole": "This should be a whole number without decimals; please check it.",
    "too_many_decimals": "At most {places} decimals are allowed; please check it.",
    "too_large": "This cannot be more than {max}; please check it.",
    "too_small": "This cannot be less than {min}; please check it.",
    # --- Choices ---
    "not_in_list": "This is not a choice of the list; please choose again.",
    "choice_incomplete": "“{choice}” is divided further; please choose down to the last level.",
    "retired_choice": "“{choice}” has not been in use since {until}; please choose another.",
    "choice_not_yet": "“{choice}” can be chosen only from {since} on; please choose another.",
    "too_many_choices": "Choose at most {max}; {count} are chosen now.",
    "too_few_choices": "Choose at least {min}; only {count} chosen so far.",
    # --- Dates ---
    "wrong_date": "This date cannot be read; write year-month-day, for example 2024-09-01.",
    "no_such_day": "There is no such day; please check the year, the month and the day.",
    "wrong_month": "This month cannot be read; write year-month, for example 2024-09.",
    "no_such_month": "There is no such month: it should be from 1 to 12. Please check it.",
    "wrong_year": "A year has four digits, for example 2024; please check it.",
    "too_early": "This cannot be before {min}; please check it.",
    "too_late": "This cannot be after {max}; please check it.",
    "in_the_future": "This cannot be after today ({max}); please check it.",
    "in_the_past": "This cannot be before today ({min}); please check it.",
    # --- Document numbers ---
    "wrong_resident_id": "A resident identity number has 18 characters: 17 digits, then a digit or X. Please check it.",
    "old_resident_id": "Numbers of 15 digits ended in 2013; please give the 18 characters on your card.",
    "wrong_check_digit": "The last character does not fit those before it: one may be wrong, or two exchanged. "
    "Please compare it with the document, character by character.",
    "no_such_birth_date": "The birth date in the number (7th to 14th digit) does not exist; please check it.",
    "birth_in_the_future": "The birth date in the number (7th to 14th digit) is after today; please check it.",
    "birth_too_long_ago": "By the birth date in the number (7th to 14th digit) the age would be over {oldest}; "
    "please check it.",
    "unknown_province": "The first two digits of the number belong to no province; please check it.",
    "unknown_county": "The first six digits, {digits}, are no county that we know; please check them once more. "
    "If the document says so, go on.",
    "other_document": "This looks like the number of a {document}; please check it. If the document says so, go on.",
    "wrong_document_number": "This is not the number of a {document}; please check the document's kind and its number.",
    "unusual_document_number": "This does not look like the usual number of a {document}; please check it once more. "
    "If the document says so, go on.",
    "wrong_uscc": "A unified social credit code has 18 digits and capitals, never I, O, S, V or Z; "
    "please compare it with the business licence.",
    # --- Files ---
    "file_missing": "This file cannot be found, it may have expired; please upload it again.",
    "wrong_file_format": "“{name}” is of a kind that is not taken here; please upload {formats}.",
    "file_too_large": "“{name}” is too large, at most {max} is taken; please make it smaller and upload it again.",
    "file_too_small": "“{name}” is too small, at least {min} is needed; please choose a clearer one.",
    "unreadable_image": "The image “{name}” cannot be read; please upload another.",
    "image_too_small": "The image “{name}” has only {width} × {height} pixels; it needs a width of {min_width} and a "
    "height of {min_height} at least. Please choose another.",
    "not_portrait": "The image “{name}” should be taller than wide; please choose another.",
    "too_many_files": "At most {max} files can be given; please remove some.",
    "too_few_files": "At least {min} files are needed; please upload more.",
    "calculated_blank": (
        "{label} is not available at the moment, so this cannot be submitted. Please try again later or ask support."
    ),
    # --- what happens after submission ---
    "transition_not_open": "This is not possible while the status is “{state}”. Please reload the page to see what is.",
    "reason_missing": "Please give the reason.",
}
