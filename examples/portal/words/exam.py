"""What the exam interface says to programs and to those who run them."""

SENTENCES: dict[str, tuple[str, str]] = {
    "exam_failed": (
        "系统出了点问题，这次没有核对。请稍后再试；仍然不行的，请联系平台。",
        "Something went wrong and nothing was compared. Try again later; if it lasts, tell the platform.",
    ),
    "exam_no_address": (
        "没有这个接口地址。接口说明在 /exam/v1/openapi.json。",
        "There is no such address. The interface is described at /exam/v1/openapi.json.",
    ),
    "exam_unavailable": (
        "系统正忙，这次没有核对。请过几秒再试。",
        "The platform is busy and nothing was compared. Try again in a few seconds.",
    ),
    "exam_wrong_method": (
        "这个地址不接受这种请求方法。接口说明在 /exam/v1/openapi.json。",
        "This address does not take this method. The interface is described at /exam/v1/openapi.json.",
    ),
    "item_unknown": (
        "信息采集表没有可以核对的这一项。可以核对的项目见 /exam/v1/openapi.json。",
        "The form has no such item to compare. Those it has are listed at /exam/v1/openapi.json.",
    ),
    "items_unknown": (
        "有不认识的项目，没有核对：{names}。请按接口说明改正后再发。",
        "Nothing was compared, because there are unknown items: {names}. See the description, then send it again.",
    ),
    "items_unreadable": (
        "有的项目读不出来，没有核对：{names}。原因见 items，改正后再发。",
        "Nothing was compared, because some items cannot be read: {names}. See items for why, then send it again.",
    ),
    "question_malformed": (
        "请求的内容不符合接口说明，请检查：{names}。",
        "The request is not as described. Please check: {names}.",
    ),
    "signature_malformed": (
        "Authorization 里的签名写法不对，请按接口说明签名。",
        "The signature in Authorization is not written as described.",
    ),
    "signature_missing": (
        "请求没有签名。请按接口说明，在 Authorization 里写上签名。",
        "The request is not signed. Sign it in Authorization as described.",
    ),
    "signature_replayed": (
        "这个请求已经收到过了。每次请求都要用新的 nonce 重新签名。",
        "This request has been received before. Sign every request anew, with a new nonce.",
    ),
    "signature_untimely": (
        "签名的时间与平台相差超过 5 分钟。请校准时钟后重新签名。",
        "The signature's time is more than 5 minutes off. Set the clock, then sign again.",
    ),
    "signature_wrong": (
        "签名不对，或者平台不认识这个客户端。请检查客户端名称、密钥和签名的内容。",
        "The signature is wrong or the client unknown. Check the name, the secret and what was signed.",
    ),
    "too_many_about_one": (
        "这个证件号码今天核对的次数太多了，请过 {wait} 再试。",
        "There have been too many questions about this number today. Try again in {wait}.",
    ),
    "too_many_questions": (
        "核对的次数太多了，请过 {wait} 再试。",
        "There have been too many questions. Try again in {wait}.",
    ),
}
