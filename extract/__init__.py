"""Reads an assessment (特定個人情報保護評価書) into facts, each with the words that it stands on."""
