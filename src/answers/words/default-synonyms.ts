/**
 * Words of the field that people and documents use for the same thing: see `readSynonyms` for the form. They
 * do not feed the segmenter: of a long word it gives the short ones inside only up to three characters, so
 * that with 支部党员大会 in its dictionary that text would be found by 党员大会 no more.
 */
export const defaultSynonyms = `
党员大会 支部大会 支部党员大会
支委会 支部委员会会议 支部委员会 支委会会议
党小组会 党小组会议 小组会
党课 讲党课 上党课
三会一课 > 支部党员大会 党员大会 支委会 支部委员会 党小组会 党课
主题党日 主题党日活动 党日活动 党日
组织生活会 专题组织生活会
民主评议党员 党员民主评议 民主评议 民主评议会
民主测评 测评投票
谈心谈话 谈心 谈心活动
中心组学习 理论学习中心组 党委中心组 中心组
集中学习 集体学习
补学 补课
请假 告假 请个假
缺席 没到会 没来开会
台账 工作台账
会议记录 会议纪录
支部书记 党支部书记
副书记 支部副书记 党支部副书记
组织委员 支部组织委员
宣传委员 支部宣传委员
纪检委员 纪律检查委员 支部纪检委员
党小组长 党小组组长
支部委员 支委
预备党员 候补党员
转正 转为正式党员 预备党员转正
入党积极分子 积极分子
入党申请人 申请入党人 申请入党的人
入党申请书 入党申请
发展对象 党员发展对象
培养联系人 培养考察人
党费 党员党费
组织关系 党组织关系 党员组织关系
组织关系介绍信 党员组织关系介绍信
流动党员 外出党员
换届 换届选举 支部换届
支部工作条例 支部条例 党支部工作条例
党员教育管理工作条例 党员教育管理条例 教育条例
发展党员工作细则 发展细则 发展党员细则
基层组织选举工作条例 选举条例
党章 中国共产党章程
`;
