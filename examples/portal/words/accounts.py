"""What the pages of the accounts say."""

SENTENCES: dict[str, tuple[str, str]] = {
    "account": ("我的账号", "My account"),
    "back_to_account": ("返回我的账号", "Back to my account"),
    "change_mobile": ("变更手机号码", "Change the mobile number"),
    "change_password": ("变更密码", "Change the password"),
    "code_not_sent": (
        "验证码没有发出去，短信服务暂时连不上。请稍后再点“获取短信验证码”。",
        "The code could not be sent: the SMS service does not answer. Please press “Send code” again later.",
    ),
    "code_sent": (
        "验证码已发送，请查看手机短信，5 分钟内填写。",
        "The code has been sent. Please enter it within 5 minutes.",
    ),
    "code_sent_if": (
        "如果这个号码注册过，验证码已发到账号绑定的手机，请在 5 分钟内填写。",
        "If this number is registered, a code has been sent to the mobile of its account. Enter it within 5 minutes.",
    ),
    "code_too_many": (
        "获取验证码的次数太多了，请过 {wait} 再试。",
        "Too many codes have been asked for. Please try again in {wait}.",
    ),
    "code_too_soon": ("刚刚发过验证码，请过 {wait} 再获取。", "A code has just been sent. Ask again in {wait}."),
    "demo_code": ("开发页面：查看短信", "Development page: see the messages"),
    "demo_login": ("开发入口：直接以虚构人员登录", "Development: sign in as an invented person"),
    "demo_note": (
        "这是演示系统，请不要填写真实的个人信息。",
        "This is a demonstration. Please do not enter real personal information.",
    ),
    "ended": ("已退出登录。", "You are signed out."),
    "ended_elsewhere": ("其他地方的登录已退出。", "The other places have been signed out."),
    "failed": (
        "系统出了点问题，没有办成。请稍后再试。",
        "Something went wrong and nothing was done. Please try again later.",
    ),
    "failed.title": ("没有办成", "That did not work"),
    "forgotten": ("忘记密码", "Forgotten password"),
    "form_begun": ("开始信息采集", "Begin the collection"),
    "here": ("本机，正在使用", "This browser, in use"),
    "hours": ("{count} 小时", "{count} hours"),
    "messages": ("开发页面：短信", "Development page: SMS"),
    "messages_none": ("还没有短信。", "No messages yet."),
    "messages_note": (
        "这个页面只在开发时有：这里列出系统本来会发出的短信，没有真正发送。",
        "This page exists in development only: these are the messages that would be sent. Nothing is really sent.",
    ),
    "minutes": ("{count} 分钟", "{count} minutes"),
    "mobile": ("手机号码", "Mobile number"),
    "mobile_changed": ("手机号码已变更。", "The mobile number has been changed."),
    "no_page": ("没有这个页面。请检查网址，或者回到首页。", "There is no such page. Check the address, or go home."),
    "no_page.title": ("找不到页面", "Page not found"),
    "not_needed.title": ("您无须进行信息采集", "You do not need to register"),
    "not_needed": (
        "无须进行信息采集。没有建立账号，可以直接关闭本页。如果答错了，可以返回修改。",
        "Your information need not be collected. No account was made; you may close this page. "
        "If an answer was not right, go back and change it.",
    ),
    "number": ("证件号码", "Document number"),
    "password_changed": (
        "密码已变更，其他地方的登录都已退出。",
        "The password has been changed, and all other places have been signed out.",
    ),
    "password_reset": ("新密码已设置，请用新密码登录。", "The new password is set. Please sign in with it."),
    "platform_down": (
        "全国平台暂时连不上，没法确认您是否在其他地区采集过，所以还没有注册。填写的内容都已保留，请稍后再点“注册”（密码要重新输入）。",
        "The national platform does not answer, so it cannot be confirmed whether another place holds your file, and "
        "you are not registered yet. Your answers are kept: please press “Register” again later, with your password.",
    ),
    "refused": ("没有收到完整的内容，请重新提交。", "What was sent did not arrive as a whole. Please send it again."),
    "register": ("用户注册", "Register"),
    "seconds": ("{count} 秒", "{count} seconds"),
    "send_again": (
        "页面放得太久了，或者浏览器不接受 Cookie，没有保存。请检查后再提交一次。",
        "The page has been open for too long, or the browser refuses cookies; nothing was saved. Please send it again.",
    ),
    "send_code": ("获取短信验证码", "Send code"),
    "sessions": ("登录的地方", "Where you are signed in"),
    "session_began": ("登录时间：{began}", "Signed in: {began}"),
    "session_seen": ("最近使用：{seen}", "Last used: {seen}"),
    "sign_in": ("登录", "Sign in"),
    "sign_out": ("退出登录", "Sign out"),
    "sign_out_here": ("退出这里", "Sign this out"),
    "sign_out_others": ("退出其他所有地方", "Sign out all other places"),
    "sms": (
        "【广东会计信息服务】验证码 {number}，5 分钟内有效。请不要告诉任何人。",
        "[Guangdong Accounting Information] Your code is {number}, valid for 5 minutes. Tell it to nobody.",
    ),
    "summary": ("请核对身份信息", "Please check your identity"),
    "summary_change": ("返回修改", "Go back and change"),
    "to_home": ("回到首页", "Go to the front page"),
    "too_many_tries": ("尝试的次数太多了，请过 {wait} 再试。", "Too many tries. Please try again in {wait}."),
    "unavailable": (
        "系统正忙，没有办成。请稍后返回再试一次。",
        "The system is busy and nothing was done. Please go back and try again in a moment.",
    ),
    "unavailable.title": ("请稍后再试", "Please try again later"),
    "unknown_browser": ("未知浏览器", "Unknown browser"),
    "wrong_code": (
        "验证码不正确或已失效，请检查，或者重新获取",
        "The code is wrong or no longer valid. Check it, or ask for a new one",
    ),
    "wrong_login": (
        "证件号码或密码不正确。请检查后再试；忘记密码的，请用“忘记密码”。",
        "The document number or the password is wrong. Please check them, or use “Forgotten password”.",
    ),
    "wrong_password": ("密码不正确，请重新输入", "The password is wrong. Please enter it again"),
}
