init-which-preset = どの決まりに近いですか（あとから全部変えられます）
