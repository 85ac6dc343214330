print("letterpress")
