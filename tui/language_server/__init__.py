"""The language server (máy chủ ngôn ngữ): what editors ask about rule packs, over stdio."""
