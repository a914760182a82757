# Claims obrigatórias em etapas, quantas pessoas as têm, e o que uma alteração faria. O glossário está em common.ftl.

stage-of = Etapa de { $claim }
stage-off = Desligada
stage-report = Só contagem
stage-skippable = Pode ser pulada
stage-enforced = Exigida
stage-off-text = Desligada: nem pedida nem contada
stage-report-text = Só contagem: contada, sem ser pedida
stage-skippable-text = Pode ser pulada: exigida depois de um dia
stage-enforced-text = Exigida: sem ela não há tokens
stage-until = Pode ser pulada até
stage-until-of = { $claim }: pode ser pulada até este dia, inclusive (UTC)

compliance-title = Quem tem um valor
compliance-nobody = Ainda ninguém entrou nesta aplicação.
compliance-waiting = Esta aplicação tem mais de { $limit } pessoas. A contagem está sendo feita; volte a olhar daqui a um minuto.
compliance-claim = Com um valor para { $claim }: { $share } de { $people }
compliance-among = Contagem entre as { $people } pessoas que já entraram nesta aplicação, de { $users } usuários nesta assinatura. Usuários desativados ficam de fora; um valor que as regras de hoje recusam conta como ausente.
compliance-counted = Contagem feita em segundo plano, a última em
compliance-asked = { $count ->
    [0] Nada será pedido a ninguém no próximo login.
   *[other] Algo será pedido a { $asked } de { $people } pessoas no próximo login delas.
}

effects-title = O que acontece ao salvar
effects-updating = O que acontece ao salvar está sendo calculado.
effect-more-than = mais de { $count }
effect-required = Com { $claim } exigida, um valor será pedido a { $lacking } de { $people } usuários no próximo login (de { $users } nesta assinatura).
effect-skippable = O pedido de { $claim } vai deter { $lacking } de { $people } usuários no próximo login; eles podem pulá-lo até { $until }, inclusive (de { $users } nesta assinatura).
effect-no-longer-skippable = { $lacking } de { $people } usuários não podem mais pular { $claim } (de { $users } nesta assinatura).
effect-asked-unknown = Aos usuários sem { $claim }, um valor será pedido no próximo login. Quantos eles são ainda está sendo contado.
effect-together = Ao todo, algo será pedido a { $lacking } de { $people } usuários.
effect-counted = (contagem de { $at })
effect-takes-away = { $count ->
    [1] Remover o escopo { $scope } tira { $claims } dos tokens de 1 usuário.
   *[other] Remover o escopo { $scope } tira { $claims } dos tokens de { $holders } usuários.
}
effect-takes-away-several = Remover o escopo { $scope } tira { $claims } dos tokens de pelo menos { $holders } usuários.
effect-takes-away-unknown = Remover o escopo { $scope } tira { $claims } dos tokens dos usuários. Quantos têm um valor ainda está sendo contado.
effect-no-identity = Sem o escopo openid, a aplicação não recebe token de identidade nem UserInfo.
effect-no-api-scope = Remover o escopo { $scope } o tira dos tokens de acesso: a aplicação não pode mais fazer ali o que ele permite.
effect-no-detail-type = Remover os detalhes de autorização { $name } os tira dos tokens de acesso: o que as pessoas permitiram em detalhe não vale mais.
effect-no-grant-authorization-code = Sem o código de autorização, ninguém consegue entrar nesta aplicação. Pessoas com acesso agora: { $people }.
effect-no-grant-refresh-token = Sem o token de atualização, as pessoas entram de novo sempre que o token de acesso termina. Pessoas com acesso agora: { $people }.
effect-no-grant-client-credentials = Sem as credenciais do cliente, a aplicação não recebe tokens por conta própria.
effect-no-grant-token-exchange = Sem a troca de tokens, a aplicação não recebe tokens para terceiros em troca dos tokens das pessoas.
effect-no-grant-device-code = Sem o código de dispositivo, ninguém pode conectar um dispositivo. { $people } têm acesso agora.
effect-no-grant-ciba = Sem logins por pedido ela não pode pedir a ninguém. { $people } têm acesso agora.
effect-no-grant-password = Sem a concessão por senha, a aplicação não pode mais usar senhas. { $people } têm acesso agora.
effect-no-grant-jwt-bearer = Sem asserções, a aplicação não recebe mais tokens pelo que emissores de confiança dizem.
effect-no-redirect = Os logins que voltam para { $uri } serão recusados.
effect-no-post-logout = Depois de sair, as pessoas não podem mais voltar para { $uri }
effect-no-origin = Os scripts de { $uri } não podem mais chamar o endpoint de token.
effect-access-ends = { $count ->
    [1] O acesso de 1 usuário termina imediatamente.
   *[other] O acesso de { $people } usuários termina imediatamente.
}
effect-values-fail = { $failing } de { $tried } valores guardados deixam de obedecer a estas regras e contam como ausentes.
effect-values-fail-more = { $failing } dos primeiros { $tried } valores guardados deixam de obedecer a estas regras e contam como ausentes. Há mais valores, que não foram testados.
effect-asked-again = Aos usuários com um valor assim, ele é pedido de novo a caminho de:
effect-leaves-identity-token = Estas aplicações deixam de encontrá-la no token de identidade:
effect-leaves-access-token = Estas aplicações deixam de encontrá-la no token de acesso:
effect-leaves-scope = { $claim } deixa de chegar a:
effect-reaches = { $claim } chega a aplicações que antes não a recebiam:
effect-enters-access-token = Os tokens de acesso destas aplicações passam a contê-la, e as APIs os leem:
effect-values-go = { $count ->
    [1] O valor de 1 usuário vai junto.
   *[other] Os valores de { $users } usuários vão junto.
}
effect-blocked = Não é possível excluir enquanto estiver em uso por:

preview-skippable = A esta pessoa seria pedido um valor para { $claim }, e ela poderia pular até { $until }, inclusive.
