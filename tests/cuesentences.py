# ruff: noqa: E501
"""Invented sentences with what is coded on them: `passage | title of the event | coded fields`, one a line.

Fields that are left out: stance asserts, realis occurred, hedge none. `type` is that of the event, `by` an actor of
`tests/test_cues.py`; a second `||` begins another claim on the same passage.
"""

# ruff: noqa: E501

TRUE = """
Dockers blocked the harbour of Tarn on Monday. | Dockers block the harbour of Tarn |
The dockers did not block the harbour. | Dockers block the harbour | stance=denies; realis=denied
No one blocked the harbour, the mayor said. | Dockers block the harbour | stance=denies; realis=denied; by=mayor
The mayor denied that dockers had blocked the harbour. | Dockers block the harbour | stance=denies; realis=denied; by=mayor
Dockers blocked the harbour not only on Monday but also on Friday. | Dockers block the harbour |
There is no doubt that dockers blocked the harbour. | Dockers block the harbour |
No fewer than 300 dockers blocked the harbour. | Dockers block the harbour |
Dockers blocked the harbour without incident. | Dockers block the harbour |
Dockers blocked the harbour, but police did not intervene. | Dockers block the harbour |
Dockers, who have not been paid since May, blocked the harbour. | Dockers block the harbour |
Dockers blocked the harbour because the company had not paid them. | Dockers block the harbour |
Not until Monday did dockers block the harbour. | Dockers block the harbour |
Dockers blocked the harbour on Monday, not on Tuesday. | Dockers block the harbour |
Dockers blocked the harbour with no warning. | Dockers block the harbour |
Dockers blocked the harbour; nobody was hurt. | Dockers block the harbour |
Dockers blocked the harbour of No. 5 basin. | Dockers block the harbour |
The union urged dockers not to block the harbour. | Union asks dockers to stay at work | type=REQUEST
The union said that it would not meet the mayor. | Union refuses to meet the mayor | type=REJECT; by=union
They have no cranes left. | Lack of cranes in the harbour | type=STATE; realis=ongoing
Dockers no longer hold the harbour. | Dockers hold the harbour | stance=denies; realis=denied
Dockers never blocked the harbour. | Dockers block the harbour | stance=denies; realis=denied
The company dismissed reports that dockers had blocked the harbour. | Dockers block the harbour | stance=denies; realis=denied; by=company
Reports that dockers blocked the harbour were false, the union said. | Dockers block the harbour | stance=denies; realis=denied; by=union
Dockers refrained from blocking the harbour. | Dockers block the harbour | stance=denies; realis=denied
Neither dockers nor sailors blocked the harbour. | Dockers block the harbour | stance=denies; realis=denied
Dockers cannot have blocked the harbour, the mayor said. | Dockers block the harbour | stance=denies; realis=denied; by=mayor
The mayor did not immediately respond to a request for comment. | Request to the mayor for comment |
Dockers will block the harbour on Monday. | Dockers block the harbour | stance=predicts; realis=predicted
Dockers are expected to block the harbour. | Dockers block the harbour | stance=predicts; realis=predicted
Dockers plan to block the harbour. | Dockers block the harbour | realis=planned
Dockers blocked the harbour in May. | Dockers block the harbour |
Dockers blocked the harbour on 3 May. | Dockers block the harbour |
May 3 saw dockers block the harbour. | Dockers block the harbour |
Dockers blocked the harbour against the will of the union. | Dockers block the harbour |
Dockers showed the might of their union and blocked the harbour. | Dockers block the harbour |
Dockers set fire to a can of petrol in the harbour. | Dockers burn petrol in the harbour |
Dockers could hear the ships in the harbour. | Dockers near ships in the harbour |
Dockers blocked the harbour so that no ship could leave. | Dockers block the harbour |
The union may march, and dockers blocked the harbour. | Dockers block the harbour |
The union asked the mayor to open the harbour next week. | Union asks the mayor to open the harbour | type=REQUEST
The union threatened that it would block the harbour. | Union threatens to block the harbour | type=THREATEN
Dockers blocking the harbour would be a grave step. | Dockers block the harbour | stance=assesses; condition=if dockers block the harbour
Dockers may have blocked the harbour. | Dockers block the harbour | hedge=assessed
Dockers might block the harbour. | Dockers block the harbour | stance=supposes; realis=hypothetical; condition=if it comes to that
Dockers will block the harbour if wages are cut, the union said. | Dockers block the harbour | stance=supposes; realis=hypothetical; condition=if pay is lowered; by=union
Unless wages rise, dockers will block the harbour. | Dockers block the harbour | stance=supposes; realis=hypothetical; condition=unless wages rise
Should the talks fail, dockers would block the harbour. | Dockers block the harbour | stance=supposes; realis=hypothetical; condition=if negotiations break down
Dockers blocked the harbour even if few saw it. | Dockers block the harbour |
Dockers blocked the harbour as if nothing had been agreed. | Dockers block the harbour |
Asked if it was true, the mayor said that dockers had blocked the harbour. | Dockers block the harbour | by=mayor
It is not known if ships left, but dockers blocked the harbour. | Dockers block the harbour |
The union called on dockers to block the harbour. | Dockers block the harbour | stance=supposes; realis=hypothetical; condition=if they follow the call; by=union
The union threatened to block the harbour. | Blockade of the harbour | stance=supposes; realis=hypothetical; condition=if the demands are refused; by=union
“Block the harbour now,” the union told dockers. | Dockers block the harbour | stance=supposes; realis=hypothetical; condition=if the call is heeded; by=union
Whether dockers block the harbour depends on the talks. | Dockers block the harbour | stance=supposes; realis=hypothetical; condition=if no deal is found
Dockers, hundreds if not thousands of them, blocked the harbour. | Dockers block the harbour |
The union asked the mayor to step in if ships left. | Union asks the mayor to step in | type=REQUEST || The union asked the mayor to step in if ships left. | Mayor steps in | stance=supposes; realis=hypothetical; condition=if ships leave; by=union
Dockers reportedly blocked the harbour. | Dockers block the harbour | hedge=reported
Dockers blocked the harbour, according to the mayor. | Dockers block the harbour | hedge=reported; by=mayor
According to plan, dockers blocked the harbour. | Dockers block the harbour |
Dockers are believed to have blocked the harbour. | Dockers block the harbour | hedge=assessed
Dockers allegedly blocked the harbour. | Dockers block the harbour | hedge=alleged
The company accused dockers of blocking the harbour. | Company accuses dockers | type=ACCUSE
The Front claimed responsibility for the fire in the harbour. | Front claims a fire | type=STATEMENT
Dockers blocked the harbour while sailors reportedly marched. | Dockers block the harbour |
The mayor thinks that dockers blocked the harbour. | Dockers block the harbour | hedge=assessed; by=mayor
Dockers blocked the harbour, the Union of Dockers said. | Dockers block the harbour | by=union
Dockers blocked the harbour, the UD said. | Dockers block the harbour | by=union
The union said that dockers had blocked the harbour. | Dockers block the harbour | by=union
“Dockers blocked the harbour,” it added. | Dockers block the harbour | by=union
“Dockers blocked the harbour,” she added. | Dockers block the harbour | by=mayor
Mayor Ina Vold told The Courier that dockers had blocked the harbour. | Dockers block the harbour | by=mayor; relay=paper
In an interview with The Courier, Vold said dockers had blocked the harbour. | Dockers block the harbour | by=mayor; relay=paper
Dockers blocked the harbour, said Ina Vold. | Dockers block the harbour | by=mayor
“Dockers blocked the harbour,” said the mayor. | Dockers block the harbour | by=mayor
Vold, who took office in June, said dockers had blocked the harbour. | Vold takes office |
Vold, who took office in June, said dockers had blocked the harbour. | Dockers block the harbour | by=mayor
Dockers blocked the harbour, officials said. | Dockers block the harbour | by=officials
Dockers blocked the harbour, Karvian officials said. | Dockers block the harbour | by=karvians
The army of Karvia said that dockers had blocked the harbour. | Dockers block the harbour | by=army
The Karvian military said that dockers had blocked the harbour. | Dockers block the harbour | by=army
“Dockers blocked the harbour,” the report said. | Dockers block the harbour | by=paper; relay=paper
“Dockers blocked the harbour.” | Dockers block the harbour | by=mayor
The Courier, citing officials, reported that dockers had blocked the harbour. | Dockers block the harbour | by=officials; relay=paper; hedge=reported
The mayor spoke to reporters in Tarn. | Remarks of the mayor in Tarn | type=STATEMENT
The union declined to open the harbour. | Union refuses to open the harbour | type=REJECT
The company has yet to open the harbour, the mayor said. | Company opens the harbour | stance=denies; realis=denied; by=mayor
The union backs the blockade of the harbour. | Blockade of the harbour | stance=supports; by=union
The company protested against the blockade of the harbour. | Blockade of the harbour | stance=opposes; by=company
It is believed that dockers blocked the harbour. | Dockers block the harbour | hedge=assessed
There were reports that dockers had blocked the harbour. | Dockers block the harbour | hedge=reported
Asked whether dockers had blocked the harbour, the mayor answered no. | Dockers block the harbour | stance=denies; realis=denied; by=mayor
Dockers are due to block the harbour. | Dockers block the harbour | stance=predicts; realis=predicted
Dockers failed to block the harbour. | Dockers fail to block the harbour |
Dockers failed to block the harbour. | Dockers block the harbour | stance=denies; realis=denied
Police banned dockers from blocking the harbour. | Dockers block the harbour | stance=denies; realis=denied
Police failed to protect dockers blocking the harbour. | Dockers block the harbour |
Police failed to stop dockers from blocking the harbour. | Dockers block the harbour |
Police failed to clear the blockade of the harbour. | Blockade of the harbour |
Police falsely accused sailors, and dockers blocked the harbour. | Dockers block the harbour |
Dockers did not fail to block the harbour. | Dockers block the harbour |
Dockers never failed to block the harbour. | Dockers block the harbour |
Police failed to stop dockers, who blocked the harbour. | Dockers block the harbour |
Police failed to react when dockers blocked the harbour. | Dockers block the harbour |
Dockers blocked the harbour after talks failed to end. | Dockers block the harbour |
Dockers blocked the harbour, and a concert in Tarn was cancelled. | Dockers block the harbour |
The blockade of the harbour was cancelled. | Blockade of the harbour is cancelled |
The blockade of the harbour was called off. | Blockade of the harbour | statement=Text reports that the blockade was cancelled.
Dockers blocked the harbour to prevent ships from leaving. | Dockers block the harbour |
Police banned the march after dockers blocked the harbour. | Dockers block the harbour |
The mayor, who was elected on a lie, saw dockers block the harbour. | Dockers block the harbour |
Dockers blocked the harbour after false rumours of a cut in pay. | Dockers block the harbour |
The company dismissed its chief after dockers blocked the harbour. | Dockers block the harbour |
Dockers have yet to be paid, but they blocked the harbour. | Dockers block the harbour |
Police did not intervene and dockers blocked the harbour. | Dockers block the harbour |
Police did not intervene and the dockers of Tarn blocked the harbour. | Dockers block the harbour |
Dockers blocked the harbour and met no resistance. | Dockers block the harbour |
Dockers blocked the harbour and nobody stopped them. | Dockers block the harbour |
Dockers who did not work blocked the harbour. | Dockers block the harbour |
Dockers who had not been paid blocked the harbour. | Dockers block the harbour |
Dockers that had not been paid since May blocked the harbour. | Dockers block the harbour |
Dockers blocked the harbour of Tarn, a town that never slept. | Dockers block the harbour of Tarn |
Dockers blocked a harbour that was not guarded. | Dockers block a harbour |
All the cranes are gone. | Dockers lose all cranes |
Dockers who never rest blocked the harbour. | Dockers block the harbour |
Dockers had no permit and blocked the harbour. | Dockers block the harbour |
Dockers blocked the harbour, falsely claiming that ships were banned. | Dockers block the harbour | hedge=alleged
Police banned a march, but dockers demonstrated in the harbour of Tarn. | Dockers demonstrate in the harbour of Tarn |
“We have no fear,” Vold said after dockers blocked the harbour. | Dockers block the harbour | by=mayor
"""

FALSE = """
negation | Dockers did not block the harbour of Tarn on Monday. | Dockers block the harbour of Tarn |
negation | Dockers didn’t block the harbour. | Dockers block the harbour |
negation | Dockers didnʼt block the harbour. | Dockers block the harbour |
negation | Dockers didn´t block the harbour. | Dockers block the harbour |
negation | Dockers didn`t block the harbour. | Dockers block the harbour |
negation | Asked whether dockers had blocked the harbour, the mayor said no. | Dockers block the harbour | by=mayor
negation | Dockers failed to block the harbour. | Dockers block the harbour |
negation | Dockers refused to block the harbour. | Dockers block the harbour |
negation | Dockers were prevented from blocking the harbour. | Dockers block the harbour |
negation | Police stopped dockers of the union from blocking the harbour. | Dockers block the harbour |
negation | Police banned dockers from blocking the harbour. | Dockers block the harbour |
negation | Dockers were unable to block the harbour. | Dockers block the harbour |
negation | Dockers have yet to block the harbour. | Dockers block the harbour |
negation | Dockers stopped short of blocking the harbour. | Dockers block the harbour |
negation | The company refused to expel foreign reporters from Tarn. | Deportation of foreign reporters from Tarn |
negation | The union called off the withdrawal from the harbour. | Withdrawal from the harbour |
negation | The army falsely claimed to have shelled the harbour. | Army shells the harbour |
negation | The harbour was prevented from being blocked, according to the mayor. | Dockers block the harbour | by=mayor; hedge=reported
negation | All the cranes are not gone. | Dockers lose all cranes |
negation | Dockers met and decided not to block the harbour. | Dockers block the harbour |
negation | Dockers were not allowed to block the harbour of Tarn. | Dockers block the harbour of Tarn |
negation | Dockers decided against blocking the harbour. | Dockers block the harbour |
negation | The mayor had no warm thanks for dockers. | Mayor thanks dockers |
negation | Hardly any dockers blocked the harbour. | Dockers block the harbour |
negation | The blockade of the harbour was cancelled. | Blockade of the harbour |
negation | The blockade of the harbour on Monday was called off. | Blockade of the harbour |
negation | The union called off the blockade of the harbour. | Blockade of the harbour |
negation | The navy foiled the blockade of the harbour. | Blockade of the harbour |
negation | It is false that dockers blocked the harbour. | Dockers block the harbour |
negation | “Dockers blocked the harbour” is a lie. | Dockers block the harbour |
negation | Reports that dockers blocked the harbour were false, the union said. | Dockers block the harbour | by=union
negation | The company dismissed reports that dockers had blocked the harbour. | Dockers block the harbour | by=company
negation | Dockers falsely blocked the harbour, so the paper. | Dockers block the harbour |
negation | Dockers did not march and police blocked the harbour. | Dockers march |
negation | Dockers have not marched and blocked the harbour. | Dockers block the harbour |
negation | Dockers who marched did not block the harbour. | Dockers block the harbour |
negation | Dockers who did not march did not block the harbour. | Dockers block the harbour |
negation | Dockers that had been paid never blocked the harbour. | Dockers block the harbour |
negation | No dockers and sailors blocked the harbour of Tarn. | Dockers and sailors block the harbour of Tarn |
negation | Police said on Monday that dockers did not block the harbour. | Dockers block the harbour |
negation | Dockers met police and did not block the harbour. | Dockers block the harbour |
negation | Dockers had no hand in the blockade of the harbour. | Dockers blockade the harbour |
negation | Dockers took no hostages in the harbour of Tarn. | Dockers take hostages |
negation | Dockers have never blocked the harbour. | Dockers block the harbour |
negation | No dockers blocked the harbour. | Dockers block the harbour |
negation | Nobody blocked the harbour. | Somebody blocks the harbour |
negation | Dockers no longer block the harbour. | Dockers block the harbour | realis=ongoing
negation | Neither dockers nor sailors blocked the harbour. | Dockers block the harbour |
negation | The harbour was not blocked by dockers, the mayor said. | Dockers block the harbour | by=mayor
negation | The mayor did not say that dockers had blocked the harbour. | Dockers block the harbour | by=mayor
negation | The mayor denied that dockers had blocked the harbour. | Dockers block the harbour | by=mayor
negation | Dockers will not block the harbour. | Dockers block the harbour | stance=predicts; realis=predicted
negation | Dockers are not expected to block the harbour. | Dockers block the harbour | stance=predicts; realis=predicted
negation | Dockers cannot block the harbour. | Dockers block the harbour |
negation | At no time did dockers block the harbour. | Dockers block the harbour |
negation | By no means did dockers block the harbour. | Dockers block the harbour |
negation | Police watched, and dockers did not block the harbour. | Dockers block the harbour |
negation | The union did not ask the mayor to open the harbour. | Union asks the mayor to open the harbour | type=REQUEST
negation | The union has not threatened to block the harbour. | Union threatens to block the harbour | type=THREATEN
negation | The union did not refuse to open the harbour. | Union refuses to open the harbour | type=REJECT
negation | Dockers blocked the harbour. | Dockers block the harbour | stance=denies; realis=denied
negation | Dockers blocked the harbour, the mayor said. | Dockers block the harbour | stance=denies; realis=denied; by=mayor
negation | If ships do not leave, dockers block the harbour. | Dockers block the harbour | stance=denies; realis=denied; condition=if ships do not leave
negation | The dockers were paid. | Pay | statement=Text reports that dockers were not paid.
negation | Dockers did not, in the end, block the harbour; police left. | Dockers block the harbour |
modality | Dockers may block the harbour. | Dockers block the harbour |
modality | Dockers might have blocked the harbour. | Dockers block the harbour |
modality | Dockers could block the harbour. | Dockers block the harbour |
modality | Dockers will block the harbour. | Dockers block the harbour |
modality | Dockers are likely to block the harbour. | Dockers block the harbour | realis=ongoing
modality | Dockers perhaps blocked the harbour. | Dockers block the harbour |
modality | Dockers plan to block the harbour. | Dockers block the harbour |
modality | Dockers would block the harbour. | Dockers block the harbour |
modality | The union may ask the mayor to open the harbour. | Union asks the mayor to open the harbour | type=REQUEST
modality | Dockers blocked the harbour. | Dockers block the harbour | stance=predicts; realis=predicted
modality | Dockers blocked the harbour. | Dockers block the harbour | realis=planned
condition | Dockers block the harbour if wages are cut. | Dockers block the harbour |
condition | If wages are cut, dockers block the harbour. | Dockers block the harbour |
condition | Unless wages rise, dockers will block the harbour. | Dockers block the harbour | stance=predicts; realis=predicted
condition | Should wages fall, dockers will block the harbour. | Dockers block the harbour | stance=predicts; realis=predicted
condition | Dockers will block the harbour provided that the mayor leaves. | Dockers block the harbour | stance=predicts; realis=predicted
condition | Dockers would block the harbour as long as ships leave. | Dockers block the harbour | stance=predicts; realis=predicted
condition | In case of a strike, dockers will block the harbour. | Dockers block the harbour | stance=predicts; realis=predicted
condition | The union said that dockers would block the harbour if wages were cut. | Dockers block the harbour | stance=predicts; realis=predicted; by=union
condition | If wages were cut, the union asked the mayor to step in. | Union asks the mayor to step in | type=REQUEST
condition | Dockers will block the harbour. | Dockers block the harbour | stance=supposes; realis=hypothetical; condition=if wages are cut
condition | Dockers blocked the harbour. | Dockers block the harbour | stance=supposes; realis=hypothetical; condition=if it comes to that
condition | The union threatened to block the harbour. | Blockade of the harbour | stance=supposes; realis=hypothetical; condition=if the price of grain doubles; by=union
hedge | Dockers reportedly blocked the harbour. | Dockers block the harbour |
hedge | Dockers allegedly blocked the harbour. | Dockers block the harbour |
hedge | Dockers are believed to have blocked the harbour. | Dockers block the harbour |
hedge | Dockers blocked the harbour, according to the mayor. | Dockers block the harbour | by=mayor
hedge | According to the mayor, dockers blocked the harbour. | Dockers block the harbour | by=mayor
hedge | Dockers apparently blocked the harbour. | Dockers block the harbour |
hedge | It is believed that dockers blocked the harbour. | Dockers block the harbour |
hedge | It was widely thought dockers blocked the harbour. | Dockers block the harbour |
hedge | There were reports that dockers had blocked the harbour. | Dockers block the harbour |
hedge | It appears that dockers blocked the harbour. | Dockers block the harbour |
hedge | Dockers were said to have blocked the harbour. | Dockers block the harbour |
hedge | The union reportedly asked the mayor to open the harbour. | Union asks the mayor to open the harbour | type=REQUEST
hedge | The company claimed that dockers had blocked the harbour. | Dockers block the harbour | by=company
hedge | Dockers blocked the harbour. | Dockers block the harbour | hedge=reported
hedge | Dockers blocked the harbour. | Dockers block the harbour | hedge=alleged
hedge | The mayor said that dockers had blocked the harbour. | Dockers block the harbour | hedge=assessed; by=mayor
hedge | The mayor said that dockers had blocked the harbour. | Dockers block the harbour | hedge=reported; by=mayor
attribution | The mayor said that dockers had blocked the harbour. | Dockers block the harbour |
attribution | Dockers blocked the harbour, the mayor said. | Dockers block the harbour |
attribution | “Dockers blocked the harbour,” said Ina Vold. | Dockers block the harbour |
attribution | The mayor said that dockers had blocked the harbour. | Dockers block the harbour | by=union
attribution | Dockers blocked the harbour, the mayor said. | Dockers block the harbour | by=company
attribution | Mayor Ina Vold said that dockers had blocked the harbour. | Dockers block the harbour | by=army
attribution | The Karvian navy said that dockers had blocked the harbour. | Dockers block the harbour | by=army
attribution | Karvian officials said that dockers had blocked the harbour. | Dockers block the harbour | by=miners
attribution | “Dockers blocked the harbour,” he said. | Dockers block the harbour | by=union
attribution | Residents said that dockers had blocked the harbour. | Dockers block the harbour | by=officials
attribution | Dockers blocked the harbour. | Dockers block the harbour | by=mayor
"""
