const words = (text: string) => text.trim().split(/\s+/);

/** Words that say nothing about a passage: they are neither stored nor searched. */
export const particles: ReadonlySet<string> = new Set(
  words(`的 了 是 在 和 与 及 或 被 由 对 于 以 之 其 也 都 就 而 但 并 还 又 则 且 所 把 将 为 从 到 向 让 给 等 中 上 下 里 这 那
  此 该 它 他 她 我 你 您 们 着 过 地 得 个 一个 一 有 不 要 会 能 可 可以 the a an of to in on at is are was were be and or for by
  with as it its this that`),
);

/** Question words. No answer holds them, so they are left out of a question. */
export const questionWords: ReadonlySet<string> = new Set(
  words(`什么 甚么 时候 以后 之后 以前 之前 何 哪 哪些 哪个 哪种 哪里 哪儿 哪一 哪一个 哪位 哪几 哪年 哪国 怎么 怎样 怎么样 怎么办 如何 为什么 为何 是否 多少 几 几个 几天 几年 几次 几月 几号 几岁 几种 几位 几名 几倍 几条 多少天 多少年 多少次 谁 吗
  呢 吧 啊 呀 嘛 何时 何地 何人 何种 何处 请问 请 问 想 知道 告诉 一下 多久 多长 多大 是不是 能不能 有没有 可不可以 会不会 要不要
  说 说了 讲 讲了 写 写了 算 叫 称为 称作 被称 属于 指 指的是 来自 有关 关于 应该 需要 what when where which who whom whose why how do does did can could should
  would please tell me about many much long often we our us i my me they their there have has had any`),
);
