"""What a person reads when a request or a file is refused: code → sentence, in English."""

SENTENCES: dict[str, str] = {
    "body_not_a_form": "What was sent is not a form and cannot be read. "
    "Go back to the page, fill it in and send it again.",
    "body_not_json": "What was sent is not JSON. Set Content-Type to application/json and send it again.",
    "body_malformed": "What was sent was damaged on its way, and nothing was saved. "
    "Check your connection and send it again.",
    "body_truncated": "Not all of what you sent arrived, and nothing was saved. "
    "Check your connection and send it again.",
    "body_not_utf8": "“{field}” has characters that cannot be read, and nothing was saved. "
    "Remove special characters and send it again.",
    "body_has_nul": "“{field}” has an empty character that is not allowed, and nothing was saved. "
    "Type it again and send it.",
    "body_too_large": "What was sent at once is larger than {limit}, and nothing was saved. "
    "Make the files smaller, or upload them one by one.",
    "body_too_slow": "Sending took too long and was ended; nothing was saved. "
    "Use a faster connection or smaller files, and send it again.",
    "text_too_large": "All texts together are larger than {limit}, and nothing was saved. "
    "Shorten them and send them again.",
    "field_too_large": "The text in “{field}” is larger than {limit}, and nothing was saved. "
    "Shorten it and send it again.",
    "upload_too_large": "The file “{filename}” is larger than {limit}, the most one file may have. "
    "Nothing was saved. Choose a smaller file.",
    "too_many_fields": "More than {limit} fields were sent, and nothing was saved. "
    "Go back to the page and send it again.",
    "too_many_files": "More than {limit} files were sent at once, and nothing was saved. Upload them in several goes.",
    "json_malformed": "The JSON is not well formed at line {line}, column {column}. Correct it and send it again.",
    "json_name_twice": "The name “{name}” stands twice in one object of the JSON. Keep one of them.",
    "json_number": "The number {number} in the JSON cannot be used. Send an ordinary, finite number.",
    "json_too_deep": "The JSON is nested more than {limit} levels deep. Nest it less and send it again.",
    "csrf_cross_site": "This was not sent from a page of this site. To protect your data, nothing was done. "
    "Open the page on this site and send it again.",
    "csrf_token_missing": "This was sent without the page's security token, and nothing was done. "
    "Reload the page and send it again.",
    "csrf_token_wrong": "The page's security token is no longer valid (you may have signed in again). "
    "Nothing was done. Reload the page and send it again.",
    "file_empty": "The file is empty (0 bytes). Choose the file again.",
    "file_too_large": "The file has {size}; at most {max} is allowed. Compress it, or choose a smaller file.",
    "file_too_small": "The file has {size}; at least {min} is needed. Choose a file of better quality.",
    "wrong_file_format": "By its content, the file is not in an allowed format ({formats}); renaming it does not help. "
    "Choose a file in an allowed format.",
    "unreadable_file": "The file is damaged or incomplete and cannot be opened. Export it anew and upload it again.",
    "file_active": "The file contains scripts, macros or embedded programs and cannot be uploaded. "
    "Save it without them and upload it again.",
    "file_too_much_unpacked": "The file holds too much when unpacked. Reduce its content and upload it again.",
    "unreadable_image": "The picture is damaged or incomplete and cannot be opened. "
    "Take it again, or save it anew and upload it again.",
    "image_animated": "Animated pictures cannot be uploaded. Upload a still picture.",
    "image_too_many_pixels": "The picture has {width} × {height} pixels, more than {max_pixels} in all. "
    "Make it smaller and upload it again.",
    "image_too_small": "The picture has {width} × {height} pixels; at least "
    "{min_width} × {min_height} are needed. Choose a clearer picture.",
    "not_portrait": "The picture has {width} × {height} pixels; it must be higher than wide. Turn it or take it again.",
    "not_landscape": "The picture has {width} × {height} pixels; it must be wider than high. Turn it or take it again.",
    "image_busy": "Too many pictures are being processed, and this one was not. Upload it again in a moment.",
}
