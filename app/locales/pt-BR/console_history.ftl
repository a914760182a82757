# Desfazer, histórico e registro de auditoria. O glossário está em common.ftl.

undo = Desfazer
