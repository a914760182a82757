# O console: a marca, e o que dela dizem as páginas que as pessoas veem. O glossário está em common.ftl.

nav-branding = Marca

branding-lead = A aparência das páginas em que as pessoas entram, e os links que elas trazem.
branding-looks = Aparência
branding-name = Nome de exibição
branding-name-help = Aparece para as pessoas no lugar de { $name }.
branding-logo = Logotipo
branding-logo-help = PNG, JPEG ou WebP, no máximo 256 KB. Aparece sobre fundo branco, com no máximo 192 por 56 pixels; com o dobro disso, fica nítido em qualquer tela.
branding-remove-logo = Remover o logotipo
branding-own-accent = Usar uma cor de destaque própria
branding-own-accent-help = Para o botão e a faixa no alto. O texto sobre ela fica preto ou branco, o que for mais legível.
branding-accent = Cor de destaque
branding-links = Links
branding-links-help = Aparecem embaixo de cada página. Deixe vazio o que você não tiver.
branding-secured-by = Mostrar “Protegido pelo Tessera”
branding-secured-by-help = Sem isso, nada nestas páginas fala do Tessera.

branding-preview = Prévia
branding-on-light = Tema claro
branding-on-dark = Tema escuro
branding-contrast-text = O texto sobre a cor é legível: o contraste é de { $ratio } para 1.
branding-contrast-good = { $theme }: o botão se destaca bem ({ $ratio } para 1).
branding-contrast-poor = { $theme }: o botão é difícil de ver ({ $ratio } para 1, e o mínimo é 3 para 1). Você pode salvar assim mesmo.

brand-logo = Logotipo de { $name }
brand-policy = Política de privacidade
brand-terms = Termos de serviço
brand-support = Ajuda
brand-secured-by = Protegido pelo Tessera

problem-colour = Isto não é uma cor como #0b6572.
problem-https = Isto não é um endereço completo que comece com https://.
problem-image-large = Este arquivo é grande demais. Um logotipo tem no máximo { $limit } KB.
problem-image-type = Isto não é uma imagem PNG, JPEG ou WebP.
problem-image-size = Esta imagem é grande demais. Cada lado tem no máximo { $side } pixels.
problem-image-encoding = Isto não é uma imagem em base64.
problem-image-mismatch = A imagem tem um formato diferente do que o tipo dela diz.
problem-logo-gone = O logotipo não está mais guardado. Escolha-o de novo.
