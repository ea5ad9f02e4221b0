"""What is said of transfers between provinces and of continuing education."""

SENTENCES: dict[str, tuple[str, str]] = {
    "transfer.leaving": (
        "调出申请办理期间，信息变更和继续教育只能查看，不能办理。申请不通过或撤回后恢复。",
        "While your transfer out is under way, changes and continuing education can be viewed only. They open again if "
        "it is refused or withdrawn.",
    ),
    "transfer.gone": (
        "调入地已接收，您在本平台的档案已办结，只能查看。要调回来的，请在现在的平台申请调出，再到这里办理省外调入。",
        "The receiving place has taken over: your file here is closed and can be viewed only. To come back, transfer "
        "out there and transfer in here.",
    ),
    "transfer.arriving": (
        "调入申请正在审核，审核通过后可以进行信息采集。",
        "Your transfer in is under review. Once it is approved you can complete the collection.",
    ),
    "transfer.arrive_here": (
        "省外调入请从首页的“跨省调转—省外调入”办理。",
        "To transfer in, start from “Transfer between provinces – transfer in” on the front page.",
    ),
    "transfer.platform_down": (
        "全国平台暂时连不上，没有办成，申请还是原来的状态。请稍后返回再试一次。",
        "The national platform does not answer. Nothing was done and the application is as it was; please go back and "
        "try again later.",
    ),
    "transfer.received": (
        "调入地已经接收，不能撤回了。要调回来的，请在调入地的平台申请调出。",
        "The receiving place has taken over, so this can no longer be withdrawn. To come back, transfer out there.",
    ),
    "transfer.not_now": (
        "全国平台没有接受撤回。请刷新申请的页面查看现在的状态，或者打电话咨询。",
        "The national platform did not take the withdrawal. Look at the application again for its present state, or "
        "call for help.",
    ),
    "transfer.search_down": (
        "全国平台暂时连不上，没法核对调出手续。填写的内容都已保留，请稍后再点一次按钮（验证码过期的话要重新获取）。",
        "The national platform does not answer, so the transfer-out cannot be checked. Your answers are kept: please "
        "press the button again later (with a new code, if the old one has run out).",
    ),
    "transfer.other_mobile": (
        "该证件号码在本平台已有账号，请使用账号绑定的手机号码",
        "There is an account here for this document: please use the mobile number of that account",
    ),
    "transfer.pending": (
        "调入申请已经提交过，正在审核。请登录查看办理情况。",
        "Your transfer in has been sent already and is under review. Please sign in to see how it stands.",
    ),
    "transfer.pending.title": ("已经提交过", "Sent already"),
    "transfer.again": (
        "填写的内容已经过期，请重新填写验证信息。",
        "What you entered has run out. Please enter it again.",
    ),
    "transfer.done": (
        "调入申请已提交，系统会在 1 至 2 个工作日内自动完成审核。请登录查看办理情况，审核通过后完成信息采集。",
        "Your transfer in has been sent and is reviewed within 1 to 2 working days. Sign in to see how it stands; once "
        "it is approved, complete the collection.",
    ),
    "transfer.confirm": ("确认调入信息", "Confirm the transfer"),
    "transfer.confirm_button": ("确认调入", "Confirm the transfer"),
    "transfer.out": ("省外调出", "Transfer out"),
    "transfer.in": ("省外调入", "Transfer in"),
    "education": ("继续教育", "Continuing education"),
    "education.down": (
        "继续教育系统暂时连不上，没法查看课程。请稍后再来；在这期间所属行政区划不能变更。",
        "The continuing education service does not answer, so your courses cannot be shown. Please come back later; "
        "until then the division cannot be changed.",
    ),
    "education.none": ("没有课程记录。", "There are no courses."),
    "education.open": (
        "有在途未完成的课程：完成之前，信息变更里的“所属行政区划”不能修改。",
        "A course is in progress: until it is finished, the division in your file cannot be changed.",
    ),
    "education.finish": ("完成课程", "Finish the course"),
    "education.finished": ("课程已完成。", "The course is finished."),
    "education.year": ("{year} 年度", "{year}"),
}
