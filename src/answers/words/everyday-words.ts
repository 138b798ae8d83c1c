/**
 * What people say and what statutes say for it: see `readSynonyms` for the form. Written from general
 * knowledge, not from anybody's questions.
 */
export const everydayWords = `
老板 雇主 用人单位
员工 职工 劳动者 打工人
辞退 开除 解雇 炒鱿鱼 解除劳动合同
辞职 离职 解除劳动合同
裁员 裁减人员
补偿金 补偿 经济补偿
加班费 加班工资 延长工作时间的工资报酬
加班 延长工作时间 安排劳动者工作
法定节假日 法定休假日
签合同 签订合同 订立合同
签劳动合同 签订劳动合同 订立劳动合同 订立书面劳动合同
拖欠工资 欠薪 未及时足额支付劳动报酬
工钱 工资 劳动报酬
五险一金 社保 社会保险
工伤 因工负伤 工伤事故
年假 年休假 带薪年休假
产假 生育假期
怀孕 孕期
合同工 劳动合同制职工
孩子 小孩 子女
爸妈 父母
老公 老婆 丈夫 妻子 夫妻 配偶
爷爷奶奶 祖父母
外公外婆 外祖父母
兄弟姐妹 亲兄弟
去世 过世 死亡
遗嘱 遗言
分遗产 继承遗产 遗产继承 遗产分割
抚养费 抚育费
抚养权 孩子归谁 孩子判给谁 直接抚养
彩礼 财礼
结婚 婚姻登记 结婚登记
结婚年龄 法定婚龄
离婚冷静期 冷静期 撤回离婚登记申请
几岁 多大年纪 多少岁 周岁
家暴 家庭暴力
出轨 婚外情 与他人同居
借钱 借款 民间借贷
欠条 借条 借据
利息 利率 借款利率
还钱 还款 返还借款
担保人 保证人
房东 出租人
租客 租房人 承租人
租房 房屋租赁 租赁房屋
押金 保证金
房产 房子 房屋 不动产
房产证 不动产权属证书
买房 购房 房屋买卖
物业 物业服务 物业服务人
网购 网上买 网上购物 网络购物 通过网络购买 采用网络
退货 退还商品
无理由退货 七日内退货
假货 假冒伪劣 缺陷产品
消费者 买家 顾客
卖家 商家 经营者
快递 快件
高空抛物 抛掷物品 从建筑物中抛掷物品
宠物咬人 狗咬 动物致害 饲养的动物
车祸 交通事故
醉驾 醉酒驾驶 醉酒驾驶机动车 醉酒后驾驶
酒驾 酒后驾驶 饮酒后驾驶 酒后驾车
驾照 驾驶证 机动车驾驶证
车牌 号牌 机动车号牌
闯红灯 违反交通信号灯
逃逸 肇事逃逸
警察 人民警察
公安局 派出所 公安机关
法院 人民法院
检察院 人民检察院
打官司 起诉 提起诉讼
告状 起诉
上诉 提起上诉
律师费 律师代理费
坐牢 判刑 有期徒刑
拘留 行政拘留 治安拘留
偷 偷东西 盗窃
抢 抢东西 抢劫
打人 打架 殴打他人
骗钱 诈骗 骗取
受贿 收受贿赂 收受他人财物
行贿 给予财物
贪污 侵吞公款
量刑 处罚
举报 检举 控告
立案 立案追诉
正当防卫 自卫
隐私 隐私权
个人信息 个人资料
人脸 人脸识别 面部识别
名誉 名誉权
肖像 肖像权
著作权 版权
专利 专利权
商标 注册商标
有效期 保护期 期限
公司 企业
股东 出资人
法人代表 法定代表人
破产 破产清算
公务员 国家公务员
人大代表 人民代表大会代表
全国人大 全国人民代表大会
人大 人民代表大会
人大常委会 人民代表大会常务委员会
全国人大常委会 全国人民代表大会常务委员会
国家主席 中华人民共和国主席
村委会 村民委员会
居委会 居民委员会
村主任 村民委员会主任
户口 户籍 常住户口
低保 最低生活保障
军人 现役军人
当兵 服兵役
税 纳税 税款
个税 个人所得税
罚钱 罚款
没收 没收违法所得
复议 行政复议
听证 听证会
吊销 吊销许可证件
生效 施行
作废 废止
半旗 下半旗 降半旗
火灾 失火
安全事故 生产安全事故
食品 食物

党费、party dues、membership dues、dues
预备党员、probationary member、probationary members
预备期、probationary period
入党积极分子、party activist、applicant
支部书记、branch secretary
党员大会、members meeting、general meeting、branch meeting
支委会、committee meeting、branch committee
党小组会、group meeting、party group
党课、party lecture、lecture
主题党日、theme day、theme party day、party day
组织生活会、organizational life meeting
民主评议、democratic review、democratic appraisal
三会一课、three meetings and one lecture
会议记录、minutes、meeting minutes
请假、leave、ask for leave
补学、make-up study、make-up learning
试用期、probation、probation period
劳动合同、labor contract、labour contract、employment contract
年休假、annual leave
产假、maternity leave
加班、overtime
经济补偿、severance、severance pay
个人信息、personal information、personal data
宪法、constitution
公民、citizen、citizens
著作权、copyright
专利、patent
离婚、divorce
继承、inheritance
`;
