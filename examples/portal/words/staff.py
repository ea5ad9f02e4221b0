"""What the pages of staff say."""

SENTENCES: dict[str, tuple[str, str]] = {
    "not_your_part": (
        "您的账号没有办理这项工作的权限。需要时请联系本市财政局。",
        "Your account may not do this. If you need it, please ask the finance bureau of your city.",
    ),
    "not_your_part.title": ("没有权限", "Not within your part"),
    "staff.access": ("登录", "Access"),
    "staff.add": ("新增区县账号", "Add a district account"),
    "staff.added": (
        "账号 {name} 已建立，密码是 {password} 。密码只在这里显示一次，请转告本人，登录后立即变更。",
        "The account {name} has been made; its password is {password} . It is shown only here and now: please pass it "
        "on, to be changed at the first login.",
    ),
    "staff.colleagues": ("区县账号", "District accounts"),
    "staff.disable": ("停用", "Disable"),
    "staff.disabled": ("账号已停用，登录已退出。", "The account has been disabled and signed out."),
    "staff.division": ("行政区划", "Division"),
    "staff.division_wrong": ("请选择本市的区县。", "Please choose a district of your city."),
    "staff.enable": ("重新启用", "Enable again"),
    "staff.enabled": ("账号已重新启用。", "The account may sign in again."),
    "staff.figures": ("统计", "Figures"),
    "staff.home": ("财政部门工作页", "For finance departments"),
    "staff.is_disabled": ("已停用", "Disabled"),
    "staff.name": ("用户名", "User name"),
    "staff.name_hint": (
        "3 至 40 个小写字母、数字、点或横线，以字母开头。",
        "3 to 40 lower-case letters, digits, dots or hyphens, beginning with a letter.",
    ),
    "staff.name_taken": ("这个用户名已经有人用了，请换一个。", "This user name is taken. Please choose another."),
    "staff.name_wrong": (
        "用户名要有 3 至 40 个小写字母、数字、点或横线，以字母开头。",
        "A user name has 3 to 40 lower-case letters, digits, dots or hyphens and begins with a letter.",
    ),
    "staff.no_colleagues": ("还没有区县账号。", "There are no district accounts yet."),
    "staff.role.city": ("市财政局", "City finance bureau"),
    "staff.role.district": ("区县财政局", "District finance bureau"),
    "staff.role.support": ("技术支持", "Technical support"),
    "staff.search": ("查找人员", "Find people"),
    "staff.transfers": ("跨省调转", "Transfers"),
    "staff.wrong_login": (
        "用户名或密码不正确，请检查后重新填写。",
        "The user name or the password is wrong. Please check both.",
    ),
}
