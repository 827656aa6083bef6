/**
 * Statements as reports word them, of invented places and numbers, and what each states: `line value`, with `~` before
 * a part of the whole. A line with nothing after the arrow states no number of the form.
 */
export const STATEMENTS = `
2024年，青禾市共收到政府信息公开申请318件，上年结转7件，办结311件，结转下年度14件。 -> received 318, carried_in 7, concluded 311, carried_out 14
全年新收到公众申请47宗，答复46宗，另有1宗结转至下一年度办理。 -> received 47, concluded 46, carried_out 1
2024年，云岭县新收政府信息公开申请共计92件，较上年增加13件。 -> received 92
2024年，收到21件政府信息公开申请，比上年减少6件。 -> received 21
本机关受理群众向区政府及其办公室提出的政府信息公开申请36件，均按期答复。 -> received 36
申请人通过网络、信函、当面等方式向县政府提交政府信息公开申请58件。 -> received 58
公民、法人和其他组织向我局提出政府信息公开申请19件，答复19件。 -> received 19, concluded 19
我办接收依申请公开件63件，办理完成61件，尚有2件正在办理中。 -> received 63, concluded 61, carried_out 2
我办接收依申请公开件63件，办理完成61件，正在办理2件。 -> received 63, concluded 61, carried_out 2
共完成政府信息公开申请答复128件。 -> concluded 128
共办理完成依申请公开77件。 -> concluded 77
全年办理完毕信息公开申请45条，其中予以公开20条，不予公开3条。 -> concluded 45
2024年共办理依申请公开事项104件（含上年度结转9件）。 -> handled 104, carried_in 9
办理52件依申请公开事项，其中上年结转3件。 -> handled 52, carried_in 3
共处理政府信息公开申请88份，全部按时办结。 -> handled 88
牵头处理向市政府提出的信息公开申请215件，结转下年继续办理12件。 -> handled 215, carried_out 12
2024年度收到申请233件（含新收申请220件、上年结转13件）。 -> received 220, carried_in 13
2024年受理政府信息公开申请416件，其中新受理402件，上年结转14件，办结400件。 -> received 402, carried_in 14, concluded 400
收到信息公开申请76件，其中上年度结转4件。 -> carried_in 4
收到信息公开申请76件（含去年结转4件），答复70件，顺延到下年度6件。 -> carried_in 4, concluded 70, carried_out 6
收到公开申请531件（未包含上年结转22件）。 -> received 531, carried_in 22
收到公开申请531宗（不含上年度结转22宗），办结540宗。 -> received 531, carried_in 22, concluded 540
全市受理申请1,205件，另有上年结转38件。 -> received 1205, carried_in 38
新增政府信息公开申请17件。 -> received 17
新增主动公开政府信息233条。 -> 
全年新增主动公开政府信息233条，收到依申请公开12件。 -> received 12
收到投诉件4件，全部办结。 -> 
收到信息公开申请9件，投诉件2件。 -> received 9
受理群众来信82件，办结82件。 -> 
答复网民留言640条，回复率100%。 -> 
办理人大代表建议15件、政协提案22件，办结率100%。 -> 
受理12345热线工单3200件，办结3190件。 -> 
办理行政许可申请780件。 -> 
受理信访事项31件，答复31件。 -> 
发布政府信息1560条，政策解读44条。 -> 
制发规范性文件8件，废止2件。 -> 
举办政务公开培训班3次，培训120人次。 -> 
上年度转结申请6件，本年新收申请51件。 -> carried_in 6, received 51
结转上年申请8件，新收52件，结转下年3件。 -> carried_in 8, received 52, carried_out 3
去年结转到本年度办理11件。 -> carried_in 11
上年末未办结5件，本年收到申请60件，办结62件，未办结3件。 -> carried_in 5, received 60, concluded 62, carried_out 3
上一年度遗留申请2件。 -> carried_in 2
2024年收到申请64件，2023年结转5件，结转2025年4件。 -> received 64, carried_in 5, carried_out 4
2024年共收到申请64件，另有4件申请转结2025年办理。 -> received 64, carried_out 4
有7件申请延至次年办理。 -> carried_out 7
其余3件因未到答复期限，顺延至下一年度办理。 -> carried_out 3
3件申请将于下年度继续办理。 -> carried_out 3
尚在办理的5件，将在法定期限内答复。 -> carried_out 5
尚在办理中的申请5件。 -> carried_out 5
收到申请40件，办结35件，结转5件。 -> received 40, concluded 35, carried_out 5
答复38件，未到期2件。收到申请40件。 -> carried_out 2, received 40
因政府信息公开引发行政复议7件、行政诉讼2件。 -> reconsideration 7, litigation 2
因政府信息公开工作被申请行政复议4宗，被提起行政诉讼1宗。 -> reconsideration 4, litigation 1
全年发生政府信息公开行政复议案件6起，维持5起，撤回1起；行政诉讼案件3起，均驳回原告诉讼请求。 -> reconsideration 6, litigation 3
复议后提起行政诉讼1件。 -> litigation 1
未经复议直接起诉2件。 -> litigation 2
行政诉讼案件5件，其中未经复议直接起诉3件，复议后起诉2件。 -> litigation 5, ~litigation 3, ~litigation 2
未经复议直接起诉3件，复议后起诉2件。 -> ~litigation 3, ~litigation 2
对行政复议决定不服提起行政诉讼4件。 -> litigation 4
3件政府信息公开行政复议，1件行政诉讼。 -> reconsideration 3, litigation 1
行政复议、行政诉讼各2件。 -> reconsideration 2, litigation 2
行政复议和行政诉讼案件分别为5件、3件。 -> reconsideration 5, litigation 3
行政复议和行政诉讼共8件。 -> 
行政复议、行政诉讼案件合计8件。 -> 
收到行政复议申请10件，办结9件，尚未审结1件。 -> reconsideration 10
行政复议结果维持3件，结果纠正1件。 -> 
办理政府信息公开类行政复议案件12件、行政应诉案件5件。 -> reconsideration 12, litigation 5
无行政复议、行政诉讼。 -> 
未收到政府信息公开申请。 -> 
2024年未发生政府信息公开行政复议和行政诉讼案件。 -> 
收到政府信息公开申请0件，行政复议0件，行政诉讼0件。 -> received 0, reconsideration 0, litigation 0
本年度收到政府信息公开申请零件。 -> received 0
本年度收到政府信息公开申请十二件，答复十一件，结转下年一件。 -> received 12, concluded 11, carried_out 1
全年受理依申请公开一百零五件。 -> received 105
共收到申请两件，均已答复。 -> received 2
与有关科室一起办理政府信息公开申请，做到一次告知。 -> 
发生行政复议一起。 -> reconsideration 1
收到申请60件，同比增长20%，占全市总数的15%。 -> received 60
收到申请60件，占全市申请总数400件的15%。 -> received 60
自然人申请占比53%，办结率100%。 -> 
较上年收到的48件增加12件，今年收到申请60件。 -> received 60
与上年的48件相比，申请有所增加。 -> 
收到申请由48件增加到60件。 -> received 60
2023年收到申请48件，2024年收到申请60件，2024年办结58件。 -> received 60, concluded 58
申请数量比2023年多5件。 -> 
第一季度收到申请10件，第二季度收到申请20件。 -> 
全年收到申请60件，其中上半年收到25件，下半年收到35件。 -> received 60
3月份收到申请8件，4月份收到申请9件。 -> 
1至12月，收到信息公开申请72件。 -> received 72
截至2024年12月31日，已办结申请70件。 -> concluded 70
收到申请66件，其中网络申请40件、信函申请20件、当面申请6件。 -> received 66
收到申请66件，其中通过网络收到40件，通过信函收到26件。 -> received 66
通过网络平台收到申请40件。 -> 
按申请人类型，自然人申请60件，法人或其他组织申请6件。 -> 
受理自然人申请60件。 -> 
按申请方式，当面申请2件，邮寄申请8件。 -> 
处理政府信息公开申请96件（网络申请70件、邮寄申请20件、现场申请6件），均按时答复。 -> handled 96
办结申请90件，其中予以公开50件，部分公开10件，不予公开12件，无法提供15件，不予处理3件。 -> concluded 90
答复予以公开50件，答复部分公开10件。 -> 
办结申请90件，其中按时办结85件，延期办结5件。 -> concluded 90
逾期未补正2件，其他处理1件。 -> 
撤回申请3件，转送其他机关办理申请2件。 -> 
信访、举报、投诉类申请5件，重复申请2件。 -> 
全区收到申请500件，其中区政府办公室收到申请60件。 -> received 500, ~received 60
全市新收申请820件，其中市本级收到申请110件、办结108件；全市办结815件。 -> received 820, ~received 110, ~concluded 108, concluded 815
各镇（街道）收到申请20件，区级部门收到申请30件。 -> 
各镇收到申请20件，各部门收到申请30件，区政府办公室收到申请5件。 -> 
各镇收到申请20件，区级部门收到申请30件，全区共收到申请50件。 -> received 50
全区收到申请50件，通过各种渠道受理申请20件。 -> received 50
全区收到申请50件，区级部门收到申请30件。 -> received 50, ~received 30
收到行政复议申请5件，均与政府信息公开无关。 -> 
发生行政诉讼3件，均不涉及政府信息公开。 -> 
区政府本级收到行政复议案件9件。 -> reconsideration 9
受理并办结政府信息公开申请33件。 -> received 33, concluded 33
已答复公众提出的申请27件。 -> concluded 27
对收到的29件申请均依法答复。 -> received 29
收到的申请中，已办结27件。 -> concluded 27
584件申请均已按期办结。 -> concluded 584
25件申请已全部答复。 -> concluded 25
申请共120件，已全部办结。 -> 
积极受理政府信息公开申请，共计153件。 -> received 153
积极做好依申请公开工作，全年共处理公开申请44件，引发行政复议2件、行政诉讼1件。 -> handled 44, reconsideration 2, litigation 1
依申请公开方面：收到申请15件，答复15件，答复率100%。 -> received 15, concluded 15
依申请公开办理情况：新收31件；上年结转1件；办结30件；结转下年度2件。 -> received 31, carried_in 1, concluded 30, carried_out 2
本年新收申请数量为23件，上年结转数量为2件，办理结果总计24件，结转下年度继续办理数量为1件。 -> received 23, carried_in 2, carried_out 1
约收到申请100件。 -> received 100
收到申请约100件。 -> 
收到申请100余件。 -> 
收到申请10-15件。 -> 
收到申请10至15件。 -> 
办理第3件申请时，征求了第三方意见。 -> 
申请人不服答复，申请行政复议1件。 -> reconsideration 1
依据《条例》第三十六条，收到申请5件。 -> received 5
出具答复书64份。 -> 
设立申请受理点12个。 -> 
收到申请函件及申请表12份。 -> received 12
2024年，收到政府信息公开申请13件次。 -> received 13
受理了来自企业和个人的政府信息公开申请共14起。 -> 
接到信息公开申请11例，已回复11例。 -> received 11, concluded 11
全年登记政府信息公开申请38条，办复38条。 -> received 38, concluded 38
收到申请（含邮寄、网络、当面）26件，办结（含延期）25件。 -> received 26, concluded 25
2024 年 共 收到 政府信息公开申请 １８ 件 ， 办结 １７ 件 。 -> received 18, concluded 17
收到政府信息公开申请18件(其中:当面3件,网络15件),办结18件。 -> received 18, concluded 18
本年度受理申请18件，1件（12月30日收到）结转下年度。 -> received 18, carried_out 1
答复申请64件（含上年度结转申请4件），结转下年度5件。 -> concluded 64, carried_in 4, carried_out 5
收到公开申请640件（上年度结转16件），办结630件。 -> received 640, carried_in 16, concluded 630
办结上年结转申请4件。 -> carried_in 4
上年结转4件，已全部办结。 -> carried_in 4
累计收到申请72件，累计答复70件。 -> received 72, concluded 70
全年累计办理信息公开申请72件次。 -> handled 72
全市各级行政机关共收到政府信息公开申请4310件，上年结转120件；办结4298件，结转下年度132件；行政复议310件，行政诉讼95件。 -> received 4310, carried_in 120, concluded 4298, carried_out 132, reconsideration 310, litigation 95
政府信息公开行政复议13宗，行政诉讼零宗。 -> reconsideration 13, litigation 0
政府信息公开被复议6件，被诉讼2件。 -> reconsideration 6, litigation 2
办理政府信息公开行政复议答复案件3件。 -> reconsideration 3
全年行政复议案件同比增加2件，行政诉讼案件同比减少1件。 -> 
复议纠错率为0，败诉案件0件。 -> 
下一步，计划办理培训6次。 -> 
主动公开政府信息320条，其中规章2件。收到申请8件，办结8件。 -> received 8, concluded 8
全年收到投诉举报12件，办结12件；收到信息公开申请3件，办结3件。 -> received 3, concluded 3
受理申请749件，上年结转36件，办结760件，结转下年25件。 -> received 749, carried_in 36, concluded 760, carried_out 25
2024年依法办结公民信息公开申请35件，转入下年度2件。 -> concluded 35, carried_out 2
其中2件申请转入次年办理。 -> carried_out 2
收到申请20件，其中18件已答复，2件正在办理。 -> received 20, concluded 18, carried_out 2
收到申请20件，其中18件予以答复，2件不予处理。 -> received 20, concluded 18
收到申请20件，已办结18件，跨年办理2件。 -> received 20, concluded 18, carried_out 2
全区收到政府信息公开申请件321件，已全部答复。 -> received 321
本年度共收到公众提出的信息公开申请88宗，其中通过网络提出60宗，当面提出28宗。 -> received 88
甲镇全年接到依申请公开17件，办理完成17件。 -> received 17, concluded 17
办理完成15件，办理中2件。 -> concluded 15, carried_out 2
收到政府信息公开申请40件，上年度转结申请8件，共办理完成45件，另有3件申请转结下年度。 -> received 40, carried_in 8, concluded 45, carried_out 3
收到34件信息公开申请，答复30件，顺延到下年度办理4件。 -> received 34, concluded 30, carried_out 4
收到公开申请146件（上年度结转16件），办结150件。 -> received 146, carried_in 16, concluded 150
收到公开申请142件（未包含上年结转12件）。 -> received 142, carried_in 12
共受理申请543件（含上年度结转6件），依法办结541件。 -> carried_in 6, concluded 541
受理政府信息公开申请749件（其中新收713件，上年结转36件）。 -> received 713, carried_in 36
全年受理投诉件12件。 -> 
新增主动公开政府信息45条，收到申请3件。 -> received 3
答复网友留言130条。 -> 
办理人大建议12件、政协提案9件。 -> 
受理行政许可2310件，办结2300件。 -> 
未经复议直接提起诉讼2件。 -> litigation 2
因政府信息公开被申请行政复议6件，其中维持4件、纠正1件、尚未审结1件。 -> reconsideration 6
行政复议和行政诉讼案件共15件。 -> 
发生行政复议案件0件、行政诉讼案件0件。 -> reconsideration 0, litigation 0
行政复议被纠正1件。 -> 
3件申请被提起行政复议，1件被提起行政诉讼。 -> reconsideration 3, litigation 1
其中，网上申请12件，信函申请5件，当面申请1件。 -> 
通过网络收到申请12件。 -> 
通过信函、网络等方式收到申请12件。 -> received 12
收到自然人申请10件，法人申请2件。 -> 
去年收到申请30件，今年收到申请45件。 -> received 45
2022年收到申请30件，2023年收到申请45件。 -> received 45
较去年的30件增加15件。 -> 
同比增加15件。 -> 
收到申请45件，比2022年多15件。 -> received 45
第一季度收到申请5件，第二季度收到申请6件。 -> 
自2008年以来收到申请900件。 -> 
收到政府信息公开申请20件，办结18件，结转2件。 -> received 20, concluded 18, carried_out 2
收到并办结政府信息公开申请12件。 -> received 12, concluded 12
对受理的申请答复64件。 -> concluded 64
答复收到的申请64件。 -> concluded 64
全年共收到的政府信息公开申请为7件。 -> received 7
收到政府信息公开申请，共计12件。 -> received 12
本年新收政府信息公开申请数量：28件。 -> received 28
政府信息公开行政诉讼（4件）均已审结。 -> litigation 4
因政府信息公开引发的行政诉讼4件，均胜诉。 -> litigation 4
2件行政复议案件均被维持。 -> 
尚有5件正在办理。 -> carried_out 5
正在办理5件。 -> carried_out 5
尚未办结3件。 -> carried_out 3
未按期办结1件。 -> 
逾期答复0件。 -> 
3件为上年度结转件。 -> carried_in 3
包括2022年度结转的2件。 -> 
共处理依申请公开事项77件。 -> handled 77
牵头处理政府信息公开申请31件，其中予以公开4件、部分公开3件、不予公开7件、不予处理4件。 -> handled 31
办理政府信息公开申请共593件。 -> handled 593
全年办理依申请公开件共18宗，其中上年结转2宗，新收16宗。 -> handled 18, carried_in 2, received 16
新收申请1,204件，已办结1,190件，结转至2024年继续办理14件。 -> received 1204, concluded 1190, carried_out 14
网站发布信息1200条，公开政府信息3000条。 -> 
主动公开规范性文件12件，答复公开申请6件。 -> concluded 6
开展培训3次，收到申请2件。 -> received 2
通过政务公开栏公开信息20条。 -> 
受理群众申请低保120件。 -> 
收到政府信息公开申请105件，同比减少20件，办结率100%。 -> received 105
全年未收到政府信息公开申请。 -> 
申请公开的内容涉及征地拆迁12件、规划8件。 -> 
答复政府信息公开申请64件（含上年度结转申请4件），予以公开40件。 -> concluded 64, carried_in 4
共收到信息公开申请20件，按时答复20件，答复率100%。 -> received 20, concluded 20
举办新闻发布会5次，答复记者提问30件。 -> 
收到政府信息公开类行政复议申请5件。 -> reconsideration 5
行政应诉案件4件。 -> litigation 4
共有依申请公开答复29件。 -> concluded 29
跨年度办理4件。 -> 
转至下一年度继续办理的申请6件。 -> carried_out 6
2件因补正延至次年办理。 -> carried_out 2
下年度继续办理1件。 -> carried_out 1
本年度新接收公开申请9件，往年结转1件。 -> received 9, carried_in 1
全年受理公开申请9宗，其中区政府办公室受理公开申请3宗。 -> received 9, ~received 3
收到政府信息公开申请4件，均为自然人申请。 -> received 4
本年度收到公民、法人和其他组织提出的政府信息公开申请38件。 -> received 38
依法依规答复申请人38件。 -> concluded 38
办理政府信息公开申请80件，同比增长5.2%；上年结转2件，结转下年办理8件。 -> handled 80, carried_in 2, carried_out 8
接收依申请信息公开办理52件，与去年相比增加了32件。 -> received 52
收到申请15件，其中13件予以公开，2件结转下年。 -> received 15, carried_out 2
收到申请15件,均予以办结。 -> received 15
2023年共收到申请15件，较2022年的20件下降25%。 -> received 15
规范处置行政复议8件、行政诉讼2件。 -> reconsideration 8, litigation 2
被申请复议3宗，被提起诉讼1宗。 -> reconsideration 3, litigation 1
因依申请公开产生的复议2件、诉讼1件。 -> reconsideration 2, litigation 1
政府信息公开申请引起的行政复议案件数为3件。 -> reconsideration 3
向社会公开政府信息3120条，其中政府网站2000条，微信公众号1120条。 -> 
微信公众号推送信息900条，收到留言30条。 -> 
全年共收到12345热线工单8900件，办结8890件。 -> 
全年办结12345热线工单8900件。 -> 
受理各类信访事项40件，办结38件。 -> 
现行有效规范性文件30件，废止2件。 -> 
经统计，全区各单位共收到并受理政府信息公开申请77件。 -> received 77
全区共收到公开申请77件，加上上年结转3件，共办理80件。 -> received 77, carried_in 3, handled 80
其中，本年新收70件、上年结转5件。 -> received 70, carried_in 5
`
  .trim()
  .split('\n')
  .map((line): [string, string[]] => {
    const [sentence = '', truth = ''] = line.split(' -> ');
    return [
      sentence,
      truth
        .split(', ')
        .map((s) => s.trim())
        .filter((s) => s !== ''),
    ];
  });
